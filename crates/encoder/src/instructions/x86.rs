//! How do the vectors of AVX2, AVX-VNNI and AVX-512 VNNI multiply?

use std::arch::x86_64::*;

use super::*;

multiply_by_tiles! {
    #[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vnni,avx2,fma")]
    pub fn multiply_avx512 = tile_avx512 of 12, 8, 4, 2, 1
}
multiply_by_tiles! {
    #[target_feature(enable = "avxvnni,avx2,fma")]
    pub fn multiply_avxvnni = tile_avxvnni of 3, 2, 1
}
multiply_by_tiles! {
    #[target_feature(enable = "avx2,fma")]
    pub fn multiply_avx2 = tile_avx2 of 3, 2, 1
}

/// Four inputs of a row, in every place of a vector.
macro_rules! repeated {
    ($set:ident, $bytes:ident, $at:expr) => {
        // SAFETY: the caller has asserted that four bytes follow.
        $set(unsafe { $bytes.as_ptr().add($at).cast::<i32>().read_unaligned() })
    };
}

#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vnni")]
#[inline]
fn tile_avx512<const R: usize>(bytes: &[u8], width: usize, panel: &Panel<'_>) -> [[i32; PANEL]; R] {
    assert_readable(bytes, width, panel, R);
    let (offsets, weights) = (panel.offsets.as_ptr(), panel.weights.as_ptr());
    // SAFETY: there are 32 offsets.
    let begin = unsafe { [_mm512_loadu_si512(offsets.cast()), _mm512_loadu_si512(offsets.add(16).cast())] };
    let mut sums = [begin; R];
    for group in 0..width / GROUP {
        // SAFETY: each group has 128 weights, and the panel, as asserted, all groups of a row.
        let weights = unsafe {
            let weights = weights.add(group * PANEL * GROUP);
            [_mm512_loadu_si512(weights.cast()), _mm512_loadu_si512(weights.add(64).cast())]
        };
        for row in 0..R {
            let inputs = repeated!(_mm512_set1_epi32, bytes, row * width + group * GROUP);
            for half in 0..2 {
                sums[row][half] = _mm512_dpbusd_epi32(sums[row][half], inputs, weights[half]);
            }
        }
    }
    let mut out = [[0; PANEL]; R];
    for (out, sums) in out.iter_mut().zip(&sums) {
        for (out, sum) in out.as_chunks_mut::<16>().0.iter_mut().zip(sums) {
            // SAFETY: 16 integers are as large as the vector.
            unsafe { _mm512_storeu_si512(out.as_mut_ptr().cast(), *sum) };
        }
    }
    out
}

#[target_feature(enable = "avxvnni,avx2")]
#[inline]
fn tile_avxvnni<const R: usize>(bytes: &[u8], width: usize, panel: &Panel<'_>) -> [[i32; PANEL]; R] {
    assert_readable(bytes, width, panel, R);
    let weights = panel.weights.as_ptr();
    // SAFETY: there are 32 offsets.
    let begin: [__m256i; 4] = std::array::from_fn(|part| unsafe { _mm256_loadu_si256(panel.offsets.as_ptr().add(8 * part).cast()) });
    let mut sums = [begin; R];
    for group in 0..width / GROUP {
        let mut inputs = [_mm256_setzero_si256(); R];
        for row in 0..R {
            inputs[row] = repeated!(_mm256_set1_epi32, bytes, row * width + group * GROUP);
        }
        for part in 0..4 {
            // SAFETY: each group has 128 weights, and the panel, as asserted, all groups of a row.
            let weights = unsafe { _mm256_loadu_si256(weights.add(group * PANEL * GROUP + 32 * part).cast()) };
            for row in 0..R {
                sums[row][part] = _mm256_dpbusd_avx_epi32(sums[row][part], inputs[row], weights);
            }
        }
    }
    let mut out = [[0; PANEL]; R];
    for (out, sums) in out.iter_mut().zip(&sums) {
        for (out, sum) in out.as_chunks_mut::<8>().0.iter_mut().zip(sums) {
            store(out, *sum);
        }
    }
    out
}

/// Bytes and weights are widened to 16 bits, so that no sum of two products overflows.
#[target_feature(enable = "avx2")]
#[inline]
fn tile_avx2<const R: usize>(bytes: &[u8], width: usize, panel: &Panel<'_>) -> [[i32; PANEL]; R] {
    assert_readable(bytes, width, panel, R);
    let mut out = [[0; PANEL]; R];
    for half in 0..2 {
        let mut sums = [[_mm256_setzero_si256(); 4]; R];
        for group in 0..width / GROUP {
            let mut inputs = [_mm256_setzero_si256(); R];
            for row in 0..R {
                inputs[row] = _mm256_cvtepu8_epi16(repeated!(_mm_set1_epi32, bytes, row * width + group * GROUP));
            }
            for part in 0..4 {
                let at = group * PANEL * GROUP + 64 * half + 16 * part;
                // SAFETY: each group has 128 weights, and the panel, as asserted, all groups of a row.
                let weights = _mm256_cvtepi8_epi16(unsafe { _mm_loadu_si128(panel.weights.as_ptr().add(at).cast()) });
                for row in 0..R {
                    sums[row][part] = _mm256_add_epi32(sums[row][part], _mm256_madd_epi16(inputs[row], weights));
                }
            }
        }
        for (out, sums) in out.iter_mut().zip(&sums) {
            for pair in 0..2 {
                let at = 16 * half + 8 * pair;
                let pairs = _mm256_hadd_epi32(sums[2 * pair], sums[2 * pair + 1]);
                let sum = _mm256_permute4x64_epi64::<0b11_01_10_00>(pairs);
                // SAFETY: there are 32 offsets, and `at` is 24 at most.
                let offsets = unsafe { _mm256_loadu_si256(panel.offsets.as_ptr().add(at).cast()) };
                store(&mut out.as_chunks_mut::<8>().0[at / 8], _mm256_add_epi32(sum, offsets));
            }
        }
    }
    out
}

#[target_feature(enable = "avx2")]
#[inline]
fn store(out: &mut [i32; 8], sum: __m256i) {
    // SAFETY: 8 integers are as large as the vector.
    unsafe { _mm256_storeu_si256(out.as_mut_ptr().cast(), sum) };
}
