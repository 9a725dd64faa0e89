//! How do the matrix tiles of AMX multiply (Sapphire Rapids and later, on Linux)?
//!
//! A tile of inputs has up to 16 rows of up to 64 bytes, one of weights as many groups of 4 for 16 outputs: rows and panels are read
//! where they lie. Four tiles of sums stand for up to 32 rows and the 32 outputs of a panel. The compiler has no stable names for
//! these instructions, so they are written out.

use std::arch::asm;
use std::arch::x86_64::__cpuid_count;
use std::sync::OnceLock;

use super::*;

/// Rows of a tile, and groups of inputs beside each other in it, at most.
const TILE: usize = 16;

/// Whether the processor has tiles of 8-bit integers and the system lets this program use them, which it is asked once.
pub fn is_granted() -> bool {
    static GRANTED: OnceLock<bool> = OnceLock::new();
    *GRANTED.get_or_init(|| {
        let has = |bit: u32| __cpuid_count(7, 0).edx >> bit & 1 == 1;
        __cpuid_count(0, 0).eax >= 7 && has(24) && has(25) && asked()
    })
}

/// Asks for the state of the tiles, which Linux keeps only for programs that did so. It refuses where the state is not switched on.
#[cfg(target_os = "linux")]
fn asked() -> bool {
    const ARCH_PRCTL: isize = 158;
    const ARCH_REQ_XCOMP_PERM: usize = 0x1023;
    const XFEATURE_XTILEDATA: usize = 18;
    let refused: isize;
    // SAFETY: the call reads and writes no memory of this program; the two registers are those that every call overwrites.
    unsafe {
        asm!(
            "syscall",
            inlateout("rax") ARCH_PRCTL => refused,
            in("rdi") ARCH_REQ_XCOMP_PERM,
            in("rsi") XFEATURE_XTILEDATA,
            out("rcx") _,
            out("r11") _,
            options(nostack)
        );
    }
    refused == 0
}

#[cfg(not(target_os = "linux"))]
fn asked() -> bool {
    false
}

/// The outputs of a layer: up to 32 rows by all panels, then the next rows.
#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vnni,avx2,fma")]
pub fn multiply(linear: &Linear, rows: &Rows, activation: Activation, out: &mut [f32]) {
    let (outputs, width, count) = (linear.outputs(), rows.width, rows.count());
    // There is no tile without rows or without bytes.
    if count == 0 || width == 0 {
        return x86::multiply_avx512(linear, rows, activation, out);
    }
    let (height, depth) = (count.div_ceil(2).min(TILE), depth(width));
    let mut sums = Sums([[0; PANEL]; 2 * TILE]);
    // SAFETY: there are tiles, as a caller of this function must know.
    unsafe { configure(height, depth) };
    for first in (0..count).step_by(2 * TILE) {
        // What is left over may be less than a tile: then it begins in rows that are done.
        let (begin, end) = (first.min(count - height), count.min(first + 2 * TILE));
        for (number, panel) in linear.panels().enumerate() {
            // SAFETY: as above, and the tiles are laid out for this height and depth.
            unsafe { add_products(&rows.bytes[begin * width..end * width], width, height, depth, &panel, &mut sums) };
            let columns = number * PANEL..outputs.min((number + 1) * PANEL);
            for row in first..end {
                let out = &mut out[row * outputs..][columns.clone()];
                float::finish(&sums.0[row - begin], rows.scales[row], &panel, activation, out);
            }
        }
    }
    // SAFETY: there are tiles.
    unsafe { asm!("tilerelease", options(nostack, nomem)) };
}

/// The bytes of a row that a tile takes: the most that go evenly into its width.
fn depth(width: usize) -> usize {
    let groups = width / GROUP;
    (1..=TILE).rev().find(|depth| groups.is_multiple_of(*depth)).unwrap_or(1) * GROUP
}

/// The sums of 32 rows with the outputs of a panel.
#[repr(align(64))]
struct Sums([[i32; PANEL]; 2 * TILE]);

/// Lays out tiles 0 to 3 for sums, 4 and 5 for `height` rows of inputs, `depth` bytes of each, 6 and 7 for weights.
#[target_feature(enable = "avx512f")]
unsafe fn configure(height: usize, depth: usize) {
    let (height, depth) = (height as u8, depth as u8);
    let mut layout = [0u8; 64];
    layout[0] = 1;
    let tiles =
        [(height, 64), (height, 64), (height, 64), (height, 64), (height, depth), (height, depth), (depth / 4, 64), (depth / 4, 64)];
    for (tile, (rows, bytes)) in tiles.into_iter().enumerate() {
        layout[16 + 2 * tile] = bytes;
        layout[48 + tile] = rows;
    }
    // SAFETY: the layout has 64 bytes.
    unsafe { asm!("ldtilecfg [{layout}]", layout = in(reg) &layout, options(nostack, readonly)) };
}

/// Sets the sums of rows with the outputs of a panel. There are from one to two times `height` rows: one tile holds the first of them,
/// another the last, and both the rows between.
#[target_feature(enable = "avx512f")]
unsafe fn add_products(bytes: &[u8], width: usize, height: usize, depth: usize, panel: &Panel<'_>, sums: &mut Sums) {
    let count = bytes.len() / width;
    assert_readable(bytes, width, panel, count);
    assert!((height..=2 * height).contains(&count) && height <= TILE && width.is_multiple_of(depth));
    let lower = count - height;
    // SAFETY: rows are read and sums written below `count`, groups of a row below its width, and the panel has, as asserted, the
    // weights of all of these. Offsets, which have no rows, are read with a step of none.
    unsafe {
        asm!(
            "tileloadd tmm0, [{offsets} + {none}*1]",
            "tileloadd tmm1, [{offsets} + {none}*1 + 64]",
            "tileloadd tmm2, [{offsets} + {none}*1]",
            "tileloadd tmm3, [{offsets} + {none}*1 + 64]",
            "2:",
            "tileloadd tmm6, [{weights} + {line}*1]",
            "tileloadd tmm4, [{upper} + {width}*1]",
            "tileloadd tmm7, [{weights} + {line}*1 + 64]",
            "tdpbusd tmm0, tmm4, tmm6",
            "tileloadd tmm5, [{lower} + {width}*1]",
            "tdpbusd tmm1, tmm4, tmm7",
            "tdpbusd tmm2, tmm5, tmm6",
            "tdpbusd tmm3, tmm5, tmm7",
            "add {upper}, {depth}",
            "add {lower}, {depth}",
            "add {weights}, {step}",
            "dec {steps}",
            "jnz 2b",
            "tilestored [{upper_sums} + {line}*1], tmm0",
            "tilestored [{upper_sums} + {line}*1 + 64], tmm1",
            "tilestored [{lower_sums} + {line}*1], tmm2",
            "tilestored [{lower_sums} + {line}*1 + 64], tmm3",
            offsets = in(reg) panel.offsets.as_ptr(),
            none = in(reg) 0usize,
            weights = inout(reg) panel.weights.as_ptr() => _,
            line = in(reg) PANEL * GROUP,
            upper = inout(reg) bytes.as_ptr() => _,
            lower = inout(reg) bytes.as_ptr().add(lower * width) => _,
            width = in(reg) width,
            depth = in(reg) depth,
            step = in(reg) depth * PANEL,
            steps = inout(reg) width / depth => _,
            upper_sums = in(reg) sums.0.as_mut_ptr(),
            lower_sums = in(reg) sums.0.as_mut_ptr().add(lower),
            out("tmm0") _, out("tmm1") _, out("tmm2") _, out("tmm3") _,
            out("tmm4") _, out("tmm5") _, out("tmm6") _, out("tmm7") _,
            options(nostack)
        );
    }
}
