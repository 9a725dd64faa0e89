//! How do the vectors of NEON multiply?

use std::arch::aarch64::*;

use super::*;

multiply_by_tiles! {
    #[target_feature(enable = "neon")]
    pub fn multiply_neon = tile_neon of 2, 1
}

/// Inputs lose the 128 that they were stored with, so the products are of signed bytes and the offsets are not needed.
#[target_feature(enable = "neon")]
#[inline]
fn tile_neon<const R: usize>(bytes: &[u8], width: usize, panel: &Panel<'_>) -> [[i32; PANEL]; R] {
    assert_readable(bytes, width, panel, R);
    let mut out = [[0; PANEL]; R];
    for half in 0..2 {
        let mut sums = [[vdupq_n_s32(0); 8]; R];
        for group in 0..width / GROUP {
            let mut inputs = [vdup_n_s8(0); R];
            for row in 0..R {
                // SAFETY: a row, as asserted, has four bytes in every group.
                let four = unsafe { bytes.as_ptr().add(row * width + group * GROUP).cast::<u32>().read_unaligned() };
                inputs[row] = vreinterpret_s8_u32(vdup_n_u32(four ^ 0x8080_8080));
            }
            for part in 0..4 {
                let at = group * PANEL * GROUP + 64 * half + 16 * part;
                // SAFETY: each group has 128 weights, and the panel, as asserted, all groups of a row.
                let weights = unsafe { vld1q_s8(panel.weights.as_ptr().add(at)) };
                for row in 0..R {
                    let products = [vmull_s8(vget_low_s8(weights), inputs[row]), vmull_s8(vget_high_s8(weights), inputs[row])];
                    for side in 0..2 {
                        sums[row][2 * part + side] = vpadalq_s16(sums[row][2 * part + side], products[side]);
                    }
                }
            }
        }
        for (out, sums) in out.iter_mut().zip(&sums) {
            for part in 0..4 {
                let sum = vpaddq_s32(sums[2 * part], sums[2 * part + 1]);
                // SAFETY: `out` has 32 integers, of which these are at most the last four.
                unsafe { vst1q_s32(out.as_mut_ptr().add(16 * half + 4 * part), sum) };
            }
        }
    }
    out
}
