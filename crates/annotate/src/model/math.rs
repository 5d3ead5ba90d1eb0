//! The float arithmetic of the network, written so that every machine gives the same bits.
//!
//! Only additions, multiplications, divisions, square roots and comparisons of IEEE 754 are used, never fused, and sums
//! run in 16 lanes that are added up in one fixed order. Exponentials are polynomials of our own: a system's `exp` may
//! differ in the last bit. Not here: instruction sets ([`super::kernel`] builds these routines for each).

use super::kernel::{TILE_COLUMNS, Tile};

/// Lanes of a sum.
const LANES: usize = 16;
/// Width of the encoder's vectors.
pub(super) const WIDTH: usize = 384;
/// Width of one attention head.
pub(super) const HEAD: usize = 32;
/// Added to the variance of a row before its root is taken.
const EPSILON: f32 = 1e-12;
/// 1.5 times 2 to the 23rd: added to a small float it leaves the nearest integer in the low bits.
const ROUNDER: f32 = 12_582_912.0;

/// `e` to the power of `x`, to about one part in ten million; `x` is held between -87 and 88.
#[inline(always)]
pub(super) fn exp(x: f32) -> f32 {
    let x = x.clamp(-87.0, 88.0);
    let shifted = x * std::f32::consts::LOG2_E + ROUNDER;
    let n = shifted - ROUNDER;
    // Cody and Waite: the logarithm of two in a part that multiplies exactly and the rest.
    let r = (x - n * 0.693_359_4) + n * 2.121_944_4e-4;
    // Taylor's series to the seventh power: |r| is at most 0.347.
    let mut p = 1.0 / 5040.0;
    p = p * r + 1.0 / 720.0;
    p = p * r + 1.0 / 120.0;
    p = p * r + 1.0 / 24.0;
    p = p * r + 1.0 / 6.0;
    p = p * r + 0.5;
    p = p * r + 1.0;
    p = p * r + 1.0;
    let exponent = shifted.to_bits().wrapping_sub(ROUNDER.to_bits()).wrapping_add(127) << 23;
    p * f32::from_bits(exponent)
}

/// The logistic function.
pub(super) fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + exp(-x))
}

/// `x` times the normal distribution function at `x`, the error function after Abramowitz and Stegun 7.1.26
/// (absolute error below 2e-7).
#[inline(always)]
pub(super) fn gelu(x: &mut [f32]) {
    for value in x {
        let z = *value * std::f32::consts::FRAC_1_SQRT_2;
        let size = z.abs();
        let t = 1.0 / (1.0 + 0.327_591_1 * size);
        let mut p = 1.061_405_4;
        p = p * t - 1.453_152;
        p = p * t + 1.421_413_7;
        p = p * t - 0.284_496_74;
        p = p * t + 0.254_829_6;
        let erf = (1.0 - p * t * exp(-size * size)).copysign(z);
        *value *= 0.5 + 0.5 * erf;
    }
}

#[inline(always)]
fn add_up(lanes: [f32; LANES]) -> f32 {
    let mut lanes = lanes;
    let mut half = LANES / 2;
    while half > 0 {
        for lane in 0..half {
            lanes[lane] += lanes[lane + half];
        }
        half /= 2;
    }
    lanes[0]
}

/// The sum of products of two rows of a length that is a multiple of 16.
pub(super) fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0.0; LANES];
    for (a, b) in a.chunks_exact(LANES).zip(b.chunks_exact(LANES)) {
        for lane in 0..LANES {
            sums[lane] += a[lane] * b[lane];
        }
    }
    add_up(sums)
}

/// Adds `add` to `x`, then brings each row of [`WIDTH`] to zero mean and unit variance, times `weight` plus `bias`.
#[inline(always)]
pub(super) fn normalise(x: &mut [f32], add: &[f32], weight: &[f32], bias: &[f32]) {
    for (row, add) in x.chunks_exact_mut(WIDTH).zip(add.chunks_exact(WIDTH)) {
        let mut sums = [0.0; LANES];
        for (part, add) in row.chunks_exact_mut(LANES).zip(add.chunks_exact(LANES)) {
            for lane in 0..LANES {
                part[lane] += add[lane];
                sums[lane] += part[lane];
            }
        }
        let mean = add_up(sums) / WIDTH as f32;
        let mut squares = [0.0; LANES];
        for part in row.chunks_exact(LANES) {
            for lane in 0..LANES {
                let distance = part[lane] - mean;
                squares[lane] += distance * distance;
            }
        }
        let scale = 1.0 / (add_up(squares) / WIDTH as f32 + EPSILON).sqrt();
        for ((value, weight), bias) in row.iter_mut().zip(weight).zip(bias) {
            *value = (*value - mean) * scale * weight + bias;
        }
    }
}

/// How the bytes of one row turn back into floats: less `zero`, times `step`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct RowScale {
    pub(super) step: f32,
    pub(super) zero: i32,
}

/// Rows of `width` floats to bytes: the least of a row, or zero, becomes 0, the largest 255.
#[inline(always)]
pub(super) fn quantise(rows: &[f32], width: usize, values: &mut [u8], scales: &mut [RowScale]) {
    for ((row, values), scale) in rows.chunks_exact(width).zip(values.chunks_exact_mut(width)).zip(scales) {
        let (mut least, mut largest) = ([0.0f32; LANES], [0.0f32; LANES]);
        for part in row.chunks_exact(LANES) {
            for lane in 0..LANES {
                least[lane] = if part[lane] < least[lane] { part[lane] } else { least[lane] };
                largest[lane] = if part[lane] > largest[lane] { part[lane] } else { largest[lane] };
            }
        }
        let least = least.into_iter().fold(0.0, f32::min);
        let range = largest.into_iter().fold(1e-20, f32::max) - least;
        let factor = 255.0 / range;
        // The rounder's low bits hold the nearest integer, ties to even.
        let zero = (-least * factor + ROUNDER).to_bits() & 0xFF;
        *scale = RowScale { step: range / 255.0, zero: zero as i32 };
        let shift = zero as f32;
        for (value, byte) in row.iter().zip(values) {
            let level = value * factor + shift;
            let level = if level < 255.0 { level } else { 255.0 };
            let level = if level > 0.0 { level } else { 0.0 };
            *byte = (level + ROUNDER).to_bits() as u8;
        }
    }
}

/// What belongs to the columns of one tile.
pub(super) struct Columns<'a> {
    /// The sum of each column's weights: what one step of a row's zero adds.
    pub(super) sums: &'a [i32],
    pub(super) scales: &'a [f32],
    pub(super) bias: &'a [f32],
}

/// The sums of a tile as floats: less what the rows' zeros added, times both scales, plus `bias`.
///
/// `out` begins at the tile's first value and holds as many rows of `stride` as there are `row_scales`.
#[inline(always)]
pub(super) fn finish(tile: &Tile, columns: &Columns<'_>, row_scales: &[RowScale], out: &mut [f32], stride: usize) {
    let (weights, scales, bias) =
        (&columns.sums[..TILE_COLUMNS], &columns.scales[..TILE_COLUMNS], &columns.bias[..TILE_COLUMNS]);
    for ((row, sums), RowScale { step, zero }) in out.chunks_mut(stride).zip(tile).zip(row_scales) {
        for (column, value) in row[..TILE_COLUMNS].iter_mut().enumerate() {
            *value = (sums[column] - zero * weights[column]) as f32 * (step * scales[column]) + bias[column];
        }
    }
}

/// Queries that attention takes side by side: two of the widest registers.
const GROUP: usize = 32;

/// What attention needs between its steps; kept from window to window to save allocations.
#[derive(Debug, Default)]
pub(super) struct AttentionScratch {
    queries: Vec<[f32; GROUP]>,
    weights: Vec<[f32; GROUP]>,
    keys: Vec<f32>,
    values: Vec<f32>,
}

/// One head of self-attention over rows of (query, key, value), each [`WIDTH`] wide, queries scaled already. Writes the
/// head's [`HEAD`] columns of `out`.
///
/// Everything lies with queries side by side, so that no sum ever runs across lanes: keys, and then values, are added in
/// the order of their positions. `BLOCK` keys or columns are worked on together, as many as the machine has registers for;
/// it must divide [`HEAD`], and changes no result.
#[inline(always)]
pub(super) fn attend<const BLOCK: usize>(qkv: &[f32], head: usize, scratch: &mut AttentionScratch, out: &mut [f32]) {
    let length = qkv.len() / (3 * WIDTH);
    let at = head * HEAD;
    let AttentionScratch { queries, weights, keys, values } = scratch;
    let blocks = length.div_ceil(BLOCK);
    // The keys beyond the last one are zeros, or older ones: their weights are not looked at.
    keys.resize(blocks * HEAD * BLOCK, 0.0);
    values.resize(HEAD * length, 0.0);
    weights.resize(blocks * BLOCK, [0.0; GROUP]);
    let (keys, values) = (keys.as_chunks_mut::<BLOCK>().0, values.as_chunks_mut::<BLOCK>().0);
    for (position, row) in qkv.chunks_exact(3 * WIDTH).enumerate() {
        let [key, value] = [WIDTH + at, 2 * WIDTH + at].map(|start| &row[start..start + HEAD]);
        for (number, taken) in key.iter().zip(&mut keys[position / BLOCK * HEAD..]) {
            taken[position % BLOCK] = *number;
        }
        for (part, numbers) in value.as_chunks::<BLOCK>().0.iter().enumerate() {
            values[part * length + position] = *numbers;
        }
    }
    for first in (0..length).step_by(GROUP) {
        let rows = GROUP.min(length - first);
        queries.clear();
        queries.resize(HEAD, [0.0; GROUP]);
        for row in 0..rows {
            let start = (first + row) * 3 * WIDTH + at;
            for (query, value) in queries.iter_mut().zip(&qkv[start..start + HEAD]) {
                query[row] = *value;
            }
        }
        for (keys, weights) in keys.chunks_exact(HEAD).zip(weights.as_chunks_mut::<BLOCK>().0) {
            *weights = add_products(keys, queries);
        }
        let totals = soften(&mut weights[..length]);
        let mut sums = [[0.0; GROUP]; HEAD];
        for (values, sums) in values.chunks_exact(length).zip(sums.as_chunks_mut::<BLOCK>().0) {
            *sums = add_products(values, &weights[..length]);
        }
        for row in 0..rows {
            let start = (first + row) * WIDTH + at;
            for (value, sum) in out[start..start + HEAD].iter_mut().zip(&sums) {
                *value = sum[row] / totals[row];
            }
        }
    }
}

/// For each of the factors that stand together, the sum of factor times row, one row after the other.
#[inline(always)]
fn add_products<const BLOCK: usize>(factors: &[[f32; BLOCK]], rows: &[[f32; GROUP]]) -> [[f32; GROUP]; BLOCK] {
    let mut sums = [[0.0; GROUP]; BLOCK];
    for (factors, row) in factors.iter().zip(rows) {
        // Lanes outside: written the other way round, compilers take the sums out of their registers.
        for lane in 0..GROUP {
            for number in 0..BLOCK {
                sums[number][lane] += factors[number] * row[lane];
            }
        }
    }
    sums
}

/// Turns scores into the weights of a softmax before its division; gives the sums to divide by.
#[inline(always)]
fn soften(scores: &mut [[f32; GROUP]]) -> [f32; GROUP] {
    let mut largest = [f32::MIN; GROUP];
    for row in scores.iter() {
        for lane in 0..GROUP {
            largest[lane] = if row[lane] > largest[lane] { row[lane] } else { largest[lane] };
        }
    }
    let mut sums = [0.0; GROUP];
    for row in scores {
        for lane in 0..GROUP {
            row[lane] = exp(row[lane] - largest[lane]);
            sums[lane] += row[lane];
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exponentials_are_close() {
        for step in -860..=870 {
            let x = step as f32 / 10.0;
            let (ours, theirs) = (f64::from(exp(x)), f64::from(x).exp());
            assert!((ours / theirs - 1.0).abs() < 2e-6, "{x}: {ours} against {theirs}");
        }
        assert!(exp(-1e9) < 1e-37);
        assert_eq!(sigmoid(0.0), 0.5);
    }

    #[test]
    fn gelu_is_close() {
        // Values of x * Phi(x) from tables of the normal distribution.
        let known = [(-3.0, -0.004_049_7), (-1.0, -0.158_655_25), (0.0, 0.0), (0.5, 0.345_731_2), (2.0, 1.954_499_7)];
        for (x, expected) in known {
            let mut value = [x];
            gelu(&mut value);
            assert!((value[0] - expected).abs() < 2e-6, "{x}: {}", value[0]);
        }
    }

    #[test]
    fn bytes_come_back_within_a_step() {
        for shift in [-11.0, 0.0, 3.0, -40.0] {
            let row: Vec<f32> = (0..32).map(|n| (n as f32 + shift) * 0.3).collect();
            let (mut values, mut scales) = (vec![0; 32], vec![RowScale::default()]);
            quantise(&row, 32, &mut values, &mut scales);
            for (value, byte) in row.iter().zip(&values) {
                let back = (i32::from(*byte) - scales[0].zero) as f32 * scales[0].step;
                assert!((value - back).abs() <= scales[0].step * 1.001, "{value} became {back}");
            }
        }
    }

    #[test]
    fn attention_of_one_row_is_its_value() {
        let qkv: Vec<f32> = (0..3 * WIDTH).map(|n| n as f32 / 100.0).collect();
        let mut out = vec![0.0; WIDTH];
        attend::<4>(&qkv, 2, &mut AttentionScratch::default(), &mut out);
        assert_eq!(&out[2 * HEAD..3 * HEAD], &qkv[2 * WIDTH + 2 * HEAD..2 * WIDTH + 3 * HEAD]);
    }
}
