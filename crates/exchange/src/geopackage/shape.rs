//! How does a shape stand in a GeoPackage? A header with its system and box, then well-known binary.

use super::layer::Extent;
use crate::place::Shape;

/// WGS 84.
const SYSTEM: i32 = 4326;

/// The bytes of a shape, and the box around it. Areas are always multipolygons, so that a layer has one kind.
pub(super) fn blob(shape: &Shape) -> (Vec<u8>, Extent) {
    match shape {
        Shape::Point(point) => {
            // Little-endian, no box: a point is its own.
            let mut bytes = header(0b0000_0001);
            bytes.push(1);
            bytes.extend(1_u32.to_le_bytes());
            put(&mut bytes, *point);
            (bytes, Extent::of(std::iter::once(*point)))
        }
        Shape::Area(rings) => {
            let extent = Extent::of(rings.iter().flatten().copied());
            // Little-endian, with a box of two dimensions.
            let mut bytes = header(0b0000_0011);
            for bound in [extent.west, extent.east, extent.south, extent.north] {
                bytes.extend(bound.to_le_bytes());
            }
            bytes.push(1);
            bytes.extend(6_u32.to_le_bytes());
            bytes.extend((rings.len() as u32).to_le_bytes());
            for ring in rings {
                bytes.push(1);
                bytes.extend(3_u32.to_le_bytes());
                bytes.extend(1_u32.to_le_bytes());
                bytes.extend((ring.len() as u32).to_le_bytes());
                ring.iter().for_each(|point| put(&mut bytes, *point));
            }
            (bytes, extent)
        }
    }
}

fn header(flags: u8) -> Vec<u8> {
    let mut bytes = b"GP".to_vec();
    bytes.extend([0, flags]);
    bytes.extend(SYSTEM.to_le_bytes());
    bytes
}

fn put(bytes: &mut Vec<u8>, [longitude, latitude]: [f64; 2]) {
    bytes.extend(longitude.to_le_bytes());
    bytes.extend(latitude.to_le_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_is_a_header_and_well_known_binary() {
        let (bytes, extent) = blob(&Shape::Point([69.17, 34.53]));
        assert_eq!(bytes.len(), 8 + 5 + 16);
        assert_eq!(&bytes[..8], [b'G', b'P', 0, 1, 0xe6, 0x10, 0, 0]);
        assert_eq!(f64::from_le_bytes(bytes[13..21].try_into().unwrap()), 69.17);
        assert_eq!((extent.west, extent.north), (69.17, 34.53));
    }

    #[test]
    fn an_area_tells_its_box_and_its_corners() {
        let ring = vec![[0.0, 0.0], [2.0, 0.0], [2.0, 1.0], [0.0, 0.0]];
        let (bytes, extent) = blob(&Shape::Area(vec![ring]));
        assert_eq!(bytes.len(), 8 + 32 + 9 + 13 + 4 * 16);
        assert_eq!((extent.east, extent.north), (2.0, 1.0));
        assert_eq!(f64::from_le_bytes(bytes[16..24].try_into().unwrap()), 2.0);
    }
}
