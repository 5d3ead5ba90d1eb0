//! The machine-dependent part of the network: which instruction set runs, and the integer tile under every matrix product.
//!
//! This is the only file with unsafe code. Each routine has one meaning and up to three builds; all give the same bits:
//! integer sums are exact, and the float routines of [`super::math`] fix the order of every sum, so that a build may only
//! change how many lanes run at once. Not here: shapes, weights, layers.

use super::math;

/// Rows of the left matrix that one tile takes.
pub(super) const TILE_ROWS: usize = 8;
/// Columns of the right matrix that one tile gives.
pub(super) const TILE_COLUMNS: usize = 32;
/// Columns that lie together in packed weights, four values of each at a time.
pub(super) const PACK_COLUMNS: usize = 16;
/// Values of one column that lie together in packed weights.
pub(super) const PACK_DEPTH: usize = 4;

/// The sums of one tile.
pub(super) type Tile = [[i32; TILE_COLUMNS]; TILE_ROWS];

/// An instruction set that this machine was found to have. Only [`Isa::best`] and [`Isa::all`] make one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Isa(Kind);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Portable,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "x86_64")]
    AvxVnni,
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

impl Isa {
    /// The fastest instruction set of this machine.
    pub(super) fn best() -> Self {
        Self::all().pop().unwrap_or(Self(Kind::Portable))
    }

    /// Whether products of bytes would saturate here.
    fn widens(self) -> bool {
        #[cfg(target_arch = "x86_64")]
        return self.0 == Kind::Avx2;
        #[cfg(not(target_arch = "x86_64"))]
        false
    }

    /// Every instruction set of this machine that there is a build for, slowest first.
    pub(super) fn all() -> Vec<Self> {
        #[cfg_attr(not(target_arch = "x86_64"), allow(unused_mut))]
        let mut found = vec![Self(Kind::Portable)];
        #[cfg(target_arch = "x86_64")]
        {
            if is_x86_feature_detected!("avx2") {
                found.push(Self(Kind::Avx2));
                if is_x86_feature_detected!("avxvnni") {
                    found.push(Self(Kind::AvxVnni));
                }
            }
            let wide = is_x86_feature_detected!("avx512f")
                && is_x86_feature_detected!("avx512bw")
                && is_x86_feature_detected!("avx512dq")
                && is_x86_feature_detected!("avx512vl")
                && is_x86_feature_detected!("avx512vnni");
            if wide {
                found.push(Self(Kind::Avx512));
            }
        }
        found
    }
}

/// Builds a safe routine of [`super::math`] once for each instruction set.
macro_rules! built_for_each {
    ($(#[$doc:meta])* $name:ident($($arg:ident: $ty:ty),*)) => {
        $(#[$doc])*
        pub(super) fn $name(isa: Isa, $($arg: $ty),*) {
            #[cfg(target_arch = "x86_64")]
            {
                #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl")]
                fn wide($($arg: $ty),*) {
                    math::$name($($arg),*);
                }
                #[target_feature(enable = "avx2")]
                fn middle($($arg: $ty),*) {
                    math::$name($($arg),*);
                }
                match isa.0 {
                    // SAFETY: an `Isa` of this kind exists only where these features were detected.
                    Kind::Avx512 => return unsafe { wide($($arg),*) },
                    // SAFETY: as above.
                    Kind::Avx2 | Kind::AvxVnni => return unsafe { middle($($arg),*) },
                    Kind::Portable => {}
                }
            }
            #[cfg(not(target_arch = "x86_64"))]
            let Isa(Kind::Portable) = isa;
            math::$name($($arg),*);
        }
    };
}

built_for_each!(
    /// Rows to 8-bit values and their scales: see [`math::quantise`].
    quantise(rows: &[f32], width: usize, values: &mut [u8], scales: &mut [math::RowScale])
);
built_for_each!(
    /// Sums of a tile to floats: see [`math::finish`].
    finish(tile: &Tile, columns: &math::Columns<'_>, row_scales: &[math::RowScale], out: &mut [f32], stride: usize)
);
built_for_each!(
    /// `x` to `gelu(x)`: see [`math::gelu`].
    gelu(x: &mut [f32])
);
built_for_each!(
    /// Rows to zero mean and unit variance: see [`math::normalise`].
    normalise(x: &mut [f32], add: &[f32], weight: &[f32], bias: &[f32])
);

/// One head of attention: see [`math::attend`].
pub(super) fn attend(isa: Isa, qkv: &[f32], head: usize, scratch: &mut math::AttentionScratch, out: &mut [f32]) {
    #[cfg(target_arch = "x86_64")]
    {
        #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl")]
        fn wide(qkv: &[f32], head: usize, scratch: &mut math::AttentionScratch, out: &mut [f32]) {
            math::attend::<4>(qkv, head, scratch, out);
        }
        #[target_feature(enable = "avx2")]
        fn middle(qkv: &[f32], head: usize, scratch: &mut math::AttentionScratch, out: &mut [f32]) {
            math::attend::<2>(qkv, head, scratch, out);
        }
        match isa.0 {
            // SAFETY: an `Isa` of this kind exists only where these features were detected.
            Kind::Avx512 => return unsafe { wide(qkv, head, scratch, out) },
            // SAFETY: as above.
            Kind::Avx2 | Kind::AvxVnni => return unsafe { middle(qkv, head, scratch, out) },
            Kind::Portable => {}
        }
    }
    #[cfg(not(target_arch = "x86_64"))]
    let Isa(Kind::Portable) = isa;
    math::attend::<2>(qkv, head, scratch, out);
}

/// The operands of a product: rows of unsigned bytes, as many as fill tiles, and two packs of [`PACK_COLUMNS`] columns of
/// signed bytes, each with [`PACK_DEPTH`] values of every column together.
pub(super) struct Operands<'a> {
    pub(super) rows: &'a [u8],
    pub(super) columns: &'a [i8],
    pub(super) depth: usize,
    /// Made from these rows by [`Wide::take_rows`] and these columns by [`Wide::take_columns`].
    pub(super) wide: &'a Wide,
}

/// Operands as 16-bit values, for the one instruction set whose products of bytes would saturate; empty for the others.
#[derive(Debug, Default)]
pub(super) struct Wide {
    rows: Vec<i16>,
    /// For eight columns at a time, two values of each together.
    columns: Vec<i16>,
}

impl Wide {
    pub(super) fn take_rows(&mut self, isa: Isa, rows: &[u8]) {
        if isa.widens() {
            self.rows.clear();
            self.rows.extend(rows.iter().map(|byte| i16::from(*byte)));
        }
    }

    pub(super) fn take_columns(&mut self, isa: Isa, columns: &[i8], depth: usize) {
        if !isa.widens() {
            return;
        }
        self.columns.resize(columns.len(), 0);
        let packs = columns.chunks_exact(PACK_COLUMNS * depth).zip(self.columns.chunks_exact_mut(PACK_COLUMNS * depth));
        for (pack, wide) in packs {
            let (low, high) = wide.split_at_mut(PACK_COLUMNS / 2 * depth);
            for (step, values) in pack.chunks_exact(PACK_COLUMNS * PACK_DEPTH).enumerate() {
                let halves = values.split_at(PACK_COLUMNS / 2 * PACK_DEPTH);
                for (wide, half) in [(&mut *low, halves.0), (&mut *high, halves.1)] {
                    let wide = &mut wide[step * half.len()..(step + 1) * half.len()];
                    let (first, second) = wide.split_at_mut(half.len() / 2);
                    for (column, four) in half.chunks_exact(PACK_DEPTH).enumerate() {
                        for number in 0..2 {
                            first[2 * column + number] = i16::from(four[number]);
                            second[2 * column + number] = i16::from(four[2 + number]);
                        }
                    }
                }
            }
        }
    }
}

/// The products of the eight rows of tile `number` with 32 columns, summed exactly.
///
/// # Panics
/// If the operands do not fit `depth`, there is no such tile, or `depth` is not a multiple of [`PACK_DEPTH`].
pub(super) fn multiply(isa: Isa, operands: &Operands<'_>, number: usize, tile: &mut Tile) {
    let Operands { columns, depth, wide, .. } = *operands;
    let place = number * TILE_ROWS * depth..(number + 1) * TILE_ROWS * depth;
    let rows = &operands.rows[place.clone()];
    assert!(depth.is_multiple_of(PACK_DEPTH) && columns.len() == TILE_COLUMNS * depth);
    match isa.0 {
        // SAFETY: an `Isa` of this kind exists only where its features were detected; the lengths were checked above.
        #[cfg(target_arch = "x86_64")]
        Kind::Avx512 => unsafe { x86::multiply_avx512(rows, columns, depth, tile) },
        // SAFETY: as above.
        #[cfg(target_arch = "x86_64")]
        Kind::AvxVnni => unsafe { x86::multiply_avx_vnni(rows, columns, depth, tile) },
        #[cfg(target_arch = "x86_64")]
        Kind::Avx2 => {
            let rows = &wide.rows[place];
            assert!(wide.columns.len() == columns.len());
            // SAFETY: as above.
            unsafe { x86::multiply_avx2(rows, &wide.columns, depth, tile) }
        }
        Kind::Portable => {
            let _ = wide;
            multiply_portable(rows, columns, depth, tile);
        }
    }
}

/// Spreads each column out, so that a compiler for any machine finds the sum of 16-bit products in it.
fn multiply_portable(rows: &[u8], columns: &[i8], depth: usize, tile: &mut Tile) {
    let rows: Vec<i16> = rows.iter().map(|byte| i16::from(*byte)).collect();
    let mut column = vec![0; depth];
    for number in 0..TILE_COLUMNS {
        let pack = &columns[number / PACK_COLUMNS * PACK_COLUMNS * depth..];
        let steps = pack.chunks_exact(PACK_COLUMNS * PACK_DEPTH);
        for (values, step) in column.chunks_exact_mut(PACK_DEPTH).zip(steps) {
            let at = number % PACK_COLUMNS * PACK_DEPTH;
            for (value, byte) in values.iter_mut().zip(&step[at..at + PACK_DEPTH]) {
                *value = i16::from(*byte);
            }
        }
        for (row, sums) in rows.chunks_exact(depth).zip(tile.iter_mut()) {
            sums[number] = row.iter().zip(&column).map(|(a, b)| i32::from(*a) * i32::from(*b)).sum();
        }
    }
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use std::arch::x86_64::*;

    use super::{PACK_COLUMNS, PACK_DEPTH, TILE_ROWS, Tile};

    /// # Safety
    /// The machine must have the features; `rows` must hold 8 and `columns` 32 times `depth` bytes, `depth` a multiple of 4.
    #[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
    pub(super) unsafe fn multiply_avx512(rows: &[u8], columns: &[i8], depth: usize, tile: &mut Tile) {
        let left = rows.as_ptr();
        let right = columns.as_ptr();
        let second = PACK_COLUMNS * depth;
        let mut sums = [[_mm512_setzero_si512(); 2]; TILE_ROWS];
        for step in (0..depth).step_by(PACK_DEPTH) {
            // SAFETY: `step + 4 <= depth`, so each load of a pack ends at or before `(step + 4) * 16 <= depth * 16` of
            // its pack, and each load of a row at or before `(row + 1) * depth`.
            unsafe {
                let first_pack = _mm512_loadu_si512(right.add(step * PACK_COLUMNS).cast());
                let second_pack = _mm512_loadu_si512(right.add(second + step * PACK_COLUMNS).cast());
                for (row, sum) in sums.iter_mut().enumerate() {
                    let four = _mm512_set1_epi32(left.add(row * depth + step).cast::<i32>().read_unaligned());
                    sum[0] = _mm512_dpbusd_epi32(sum[0], four, first_pack);
                    sum[1] = _mm512_dpbusd_epi32(sum[1], four, second_pack);
                }
            }
        }
        for (out, sum) in tile.iter_mut().zip(sums) {
            // SAFETY: a row of the tile holds 32 sums, two registers of 16.
            unsafe {
                _mm512_storeu_si512(out.as_mut_ptr().cast(), sum[0]);
                _mm512_storeu_si512(out.as_mut_ptr().add(PACK_COLUMNS).cast(), sum[1]);
            }
        }
    }

    /// # Safety
    /// As [`multiply_avx512`].
    #[target_feature(enable = "avx2,avxvnni")]
    pub(super) unsafe fn multiply_avx_vnni(rows: &[u8], columns: &[i8], depth: usize, tile: &mut Tile) {
        const GROUP: usize = 4;
        for pack in 0..2 {
            for first in (0..TILE_ROWS).step_by(GROUP) {
                // SAFETY: `pack < 2` and `first + 3 < 8`, within the lengths that the caller vouches for.
                let (left, right) =
                    unsafe { (rows.as_ptr().add(first * depth), columns.as_ptr().add(pack * PACK_COLUMNS * depth)) };
                let mut sums = [[_mm256_setzero_si256(); 2]; GROUP];
                for step in (0..depth).step_by(PACK_DEPTH) {
                    // SAFETY: `step + 4 <= depth`: four bytes of each row and 64 bytes of the pack are there.
                    unsafe {
                        let low = _mm256_loadu_si256(right.add(step * PACK_COLUMNS).cast());
                        let high = _mm256_loadu_si256(right.add(step * PACK_COLUMNS + 32).cast());
                        for (row, sum) in sums.iter_mut().enumerate() {
                            let four = _mm256_set1_epi32(left.add(row * depth + step).cast::<i32>().read_unaligned());
                            sum[0] = _mm256_dpbusd_avx_epi32(sum[0], four, low);
                            sum[1] = _mm256_dpbusd_avx_epi32(sum[1], four, high);
                        }
                    }
                }
                for (out, sum) in tile[first..].iter_mut().zip(sums) {
                    // SAFETY: a row of the tile holds 32 sums; a pack's 16 are two registers of 8.
                    unsafe {
                        _mm256_storeu_si256(out.as_mut_ptr().add(pack * PACK_COLUMNS).cast(), sum[0]);
                        _mm256_storeu_si256(out.as_mut_ptr().add(pack * PACK_COLUMNS + 8).cast(), sum[1]);
                    }
                }
            }
        }
    }

    /// # Safety
    /// The machine must have the features; `rows` must hold 8 and `columns` 32 times `depth` values, `depth` a multiple of 4;
    /// `columns` as in [`super::Wide`].
    #[target_feature(enable = "avx2")]
    pub(super) unsafe fn multiply_avx2(rows: &[i16], columns: &[i16], depth: usize, tile: &mut Tile) {
        const GROUP: usize = 4;
        const EIGHT: usize = 8;
        for pack in 0..2 {
            for first in (0..TILE_ROWS).step_by(GROUP) {
                // SAFETY: `pack < 2` and `first + 3 < 8`, within the lengths that the caller vouches for.
                let (left, right) =
                    unsafe { (rows.as_ptr().add(first * depth), columns.as_ptr().add(pack * PACK_COLUMNS * depth)) };
                let mut sums = [[_mm256_setzero_si256(); 2]; GROUP];
                for step in (0..depth).step_by(2) {
                    // SAFETY: `step + 2 <= depth`: two values of each row, and of either eight of the pack's columns, are there.
                    unsafe {
                        let low = _mm256_loadu_si256(right.add(step * EIGHT).cast());
                        let high = _mm256_loadu_si256(right.add((depth + step) * EIGHT).cast());
                        for (row, sum) in sums.iter_mut().enumerate() {
                            let two = _mm256_set1_epi32(left.add(row * depth + step).cast::<i32>().read_unaligned());
                            sum[0] = _mm256_add_epi32(sum[0], _mm256_madd_epi16(two, low));
                            sum[1] = _mm256_add_epi32(sum[1], _mm256_madd_epi16(two, high));
                        }
                    }
                }
                for (out, sum) in tile[first..].iter_mut().zip(sums) {
                    // SAFETY: a row of the tile holds 32 sums; a pack's 16 are two registers of 8.
                    unsafe {
                        _mm256_storeu_si256(out.as_mut_ptr().add(pack * PACK_COLUMNS).cast(), sum[0]);
                        _mm256_storeu_si256(out.as_mut_ptr().add(pack * PACK_COLUMNS + EIGHT).cast(), sum[1]);
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers that look random, the same in every run.
    fn noise(length: usize, mut state: u32) -> Vec<u32> {
        (0..length)
            .map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                state >> 8
            })
            .collect()
    }

    #[test]
    fn every_instruction_set_gives_the_same_sums() {
        for depth in [4, 64, 384, 1536] {
            for extreme in [false, true] {
                let rows: Vec<u8> =
                    noise(TILE_ROWS * depth, 7).into_iter().map(|n| if extreme { 255 } else { n as u8 }).collect();
                let columns: Vec<i8> =
                    noise(TILE_COLUMNS * depth, 9).into_iter().map(|n| if extreme { 127 } else { n as i8 }).collect();
                let mut expected = [[0; TILE_COLUMNS]; TILE_ROWS];
                multiply_portable(&rows, &columns, depth, &mut expected);
                for isa in Isa::all() {
                    let (mut tile, mut wide) = ([[0; TILE_COLUMNS]; TILE_ROWS], Wide::default());
                    wide.take_rows(isa, &rows);
                    wide.take_columns(isa, &columns, depth);
                    let operands = Operands { rows: &rows, columns: &columns, depth, wide: &wide };
                    multiply(isa, &operands, 0, &mut tile);
                    assert_eq!(tile, expected, "{isa:?}, depth {depth}");
                }
            }
        }
    }

    #[test]
    fn every_instruction_set_gives_the_same_floats() {
        let input: Vec<f32> = noise(384 * 5, 3).into_iter().map(|n| (n as f32 / 8_388_608.0 - 1.0) * 6.0).collect();
        let mut seen = Vec::new();
        for isa in Isa::all() {
            let mut x = input.clone();
            gelu(isa, &mut x);
            let weight = vec![1.25; 384];
            normalise(isa, &mut x, &input, &weight, &input[..384]);
            let qkv: Vec<f32> = (0..3 * 1152).map(|n| x[n % x.len()]).collect();
            let mut scratch = math::AttentionScratch::default();
            let mut out = vec![0.0; 3 * 384];
            attend(isa, &qkv, 5, &mut scratch, &mut out);
            let (mut values, mut scales) = (vec![0; x.len()], vec![math::RowScale::default(); 5]);
            quantise(isa, &x, 384, &mut values, &mut scales);
            let bits: Vec<u32> = x.iter().chain(&out).map(|value| value.to_bits()).collect();
            seen.push((bits, values, scales));
        }
        assert!(seen.windows(2).all(|pair| pair[0] == pair[1]));
    }
}
