//! Reading files of pictures. Broken, strange or huge files are refused.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use image::{DynamicImage, GenericImage as _, ImageDecoder as _, ImageReader, Limits, Rgba, RgbaImage};

use crate::model::limits::PICTURE_PIXELS;
use crate::study::open_ordinary;

/// The most pixels of a picture.
const MOST_PIXELS: u64 = PICTURE_PIXELS.most;
/// The most memory for decoding, in bytes: four channels of 16 bits for each pixel.
const MOST_MEMORY: u64 = MOST_PIXELS * 8;

/// An opened file whose pixels are not read yet.
pub(super) struct Opened {
    reader: ImageReader<BufReader<File>>,
    /// Width and height in pixels, after any rotation.
    pub(super) pixels: (u32, u32),
}

/// Opens a picture and reads its size. `None` if it cannot be shown.
pub(super) fn open(path: &Path) -> Option<Opened> {
    let mut decoder = reader(path)?.into_decoder().ok()?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS || width == 0 || height == 0 {
        return None;
    }
    let turned = decoder.orientation().is_ok_and(turns);
    let pixels = if turned { (height, width) } else { (width, height) };
    Some(Opened { reader: reader(path)?, pixels })
}

fn reader(path: &Path) -> Option<ImageReader<BufReader<File>>> {
    let file = open_ordinary(path).ok()?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_MEMORY);
    let mut reader = ImageReader::new(BufReader::new(file)).with_guessed_format().ok()?;
    reader.limits(limits);
    Some(reader)
}

impl Opened {
    /// The picture in this size, on white, because drawings are often black on a transparent ground. An animation gives its first
    /// frame.
    pub(super) fn scaled(self, (width, height): (u32, u32)) -> Option<RgbaImage> {
        let mut decoder = self.reader.into_decoder().ok()?;
        let orientation = decoder.orientation().ok();
        let mut picture = DynamicImage::from_decoder(decoder).ok()?;
        // Rotating copies, so the picture is rotated once it is small.
        let (wide, high) = match orientation.map(turns) {
            Some(true) => (height, width),
            _ => (width, height),
        };
        // First a fast average of pixels, then the weighted one for the rest.
        if picture.width() / 4 > wide && picture.height() / 4 > high {
            picture = picture.thumbnail_exact(wide * 2, high * 2);
        }
        picture = picture.resize_exact(wide, high, image::imageops::FilterType::Triangle);
        if let Some(orientation) = orientation {
            picture.apply_orientation(orientation);
        }
        Some(on_white(picture.into_rgba8()))
    }
}

fn on_white(mut picture: RgbaImage) -> RgbaImage {
    for Rgba([red, green, blue, alpha]) in picture.pixels_mut() {
        let (seen, ground) = (u32::from(*alpha), 255 - u32::from(*alpha));
        for channel in [red, green, blue] {
            let mixed = (u32::from(*channel) * seen + 255 * ground + 127) / 255;
            *channel = u8::try_from(mixed).unwrap_or(u8::MAX);
        }
        *alpha = 255;
    }
    picture
}

/// The picture in the top left corner of a transparent one of at least its size.
pub(super) fn padded(picture: RgbaImage, width: u32, height: u32) -> RgbaImage {
    if picture.dimensions() == (width, height) {
        return picture;
    }
    let mut padded = RgbaImage::new(width, height);
    match padded.copy_from(&picture, 0, 0) {
        Ok(()) => padded,
        Err(_) => picture,
    }
}

/// Whether this orientation swaps width and height.
fn turns(orientation: image::metadata::Orientation) -> bool {
    use image::metadata::Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
    matches!(orientation, Rotate90 | Rotate270 | Rotate90FlipH | Rotate270FlipH)
}
