//! Axes and drawing between them: the only file that names the drawing crate.
//!
//! The crate lays out the axes, scales values and writes SVG. Bars and points are drawn here with its primitives. Its own plots would
//! add two megabytes to the program, because one function links all sixty kinds.

use std::sync::Arc;

use kuva::backend::svg::SvgBackend;
use kuva::render::axis::add_axes_and_grid;
use kuva::render::layout::{AxisLabelOverlap, ComputedLayout, Layout, TickFormat};
use kuva::render::render::{Primitive, Scene, TextAnchor};
use kuva::render::theme::Theme;

use super::ink;
use super::markup;

/// The width of every drawing in its own units; a page and a phone scale it little.
pub(super) const WIDTH: f64 = 440.0;
/// The size of text in the same units.
const WORD_SIZE: u32 = 12;

/// One axis.
pub(super) struct Axis {
    low: f64,
    high: f64,
    kind: AxisKind,
}

enum AxisKind {
    Numbers { step: f64, label: Arc<dyn Fn(f64) -> String + Send + Sync> },
    Names(Vec<String>),
}

impl Axis {
    /// Numbers from `low` to `high` with a label at every multiple of `step`.
    pub(super) fn numbers(
        low: f64,
        high: f64,
        step: f64,
        label: impl Fn(f64) -> String + Send + Sync + 'static,
    ) -> Self {
        Self { low, high, kind: AxisKind::Numbers { step, label: Arc::new(label) } }
    }

    /// Names at 1, 2, …, from the bottom up on an upright axis; an empty name leaves its place without a label.
    pub(super) fn names(names: Vec<String>) -> Self {
        let high = names.len() as f64 + 0.5;
        // A dollar sign would begin a formula.
        let names = names.iter().map(|name| name.replace('$', "\\$")).collect();
        Self { low: 0.5, high, kind: AxisKind::Names(names) }
    }

    /// Counts from 0 to at least `most`.
    pub(super) fn counts(most: usize) -> Self {
        let step = count_step(most);
        let high = most.div_ceil(step).max(1) * step;
        Self::numbers(0.0, high as f64, step as f64, |value| super::numbers::number(value.round().max(0.0) as usize))
    }

    /// Shares (0–1), from the tenth at or below `low` to 1.
    pub(super) fn shares(low: f64) -> Self {
        let floor = ((low.clamp(0.0, 0.9) * 10.0 + 1e-9).floor() / 10.0).max(0.0);
        let step = if floor < 0.5 { 0.2 } else { 0.1 };
        // Multiples of the step are labelled, so the axis begins at one.
        let floor = ((floor / step + 1e-9).floor() * step).max(0.0);
        Self::numbers(floor, 1.0, step, crate::ui::words::share)
    }

    pub(super) fn low(&self) -> f64 {
        self.low
    }
}

/// The distance of labels for counts up to `most`: at most five of 1, 2 or 5 times a power of ten.
fn count_step(most: usize) -> usize {
    let mut unit = 1;
    loop {
        if let Some(step) = [1, 2, 5].map(|times| times * unit).into_iter().find(|step| most.div_ceil(*step) <= 5) {
            return step;
        }
        unit *= 10;
    }
}

/// A drawing in the making.
pub(super) struct Drawing {
    scene: Scene,
    places: Option<ComputedLayout>,
}

/// The side of a point on which its text is set.
#[derive(Clone, Copy)]
pub(super) enum WordSide {
    Right,
    Left,
}

impl Drawing {
    /// A drawing without axes, `height` units high.
    pub(super) fn empty(height: f64) -> Self {
        Self { scene: plain(Scene::new(WIDTH, height)), places: None }
    }

    /// A drawing with two axes. The left and right margins are for labels.
    pub(super) fn framed(x: Axis, y: Axis, (left, right): (f64, f64), height: f64) -> Self {
        let mut layout = Layout::new((x.low, x.high), (y.low, y.high))
            .with_width(WIDTH)
            .with_height(height)
            .with_force_margins(left, right)
            .with_force_margins_y(10.0, 30.0)
            .with_x_axis_min(x.low)
            .with_x_axis_max(x.high)
            .with_y_axis_min(y.low)
            .with_y_axis_max(y.high)
            .with_theme(theme())
            .with_tick_size(WORD_SIZE)
            // Ticks are invisible, but keep the labels of both axes apart in the corner.
            .with_tick_length(6.0)
            .with_tick_width(0.0)
            .with_show_grid(true);
        layout = match x.kind {
            AxisKind::Names(names) => layout.with_x_categories(names),
            AxisKind::Numbers { step, label } => layout
                .with_x_label_overlap(AxisLabelOverlap::Thin)
                .with_x_tick_step(step)
                .with_x_tick_format(TickFormat::Custom(label)),
        };
        layout = match y.kind {
            AxisKind::Names(names) => layout.with_y_categories(names),
            AxisKind::Numbers { step, label } => {
                layout.with_y_tick_step(step).with_y_tick_format(TickFormat::Custom(label))
            }
        };
        let places = ComputedLayout::from_layout(&layout);
        let mut scene = plain(Scene::new(WIDTH, height));
        add_axes_and_grid(&mut scene, &places, &layout);
        Self { scene, places: Some(places) }
    }

    /// A point of the axes in units of the drawing.
    fn place(&self, x: f64, y: f64) -> (f64, f64) {
        self.places.as_ref().map_or((x, y), |places| (places.map_x(x), places.map_y(y)))
    }

    /// Text at a point of the axes (or of the drawing without axes), `shift` units from it.
    pub(super) fn words(&mut self, (x, y): (f64, f64), shift: (f64, f64), side: WordSide, words: &str) {
        let (x, y) = self.place(x, y);
        let anchor = match side {
            WordSide::Right => TextAnchor::Start,
            WordSide::Left => TextAnchor::End,
        };
        self.scene.add(Primitive::Text {
            x: x + shift.0,
            y: y + shift.1,
            content: words.replace('$', "\\$"),
            size: WORD_SIZE,
            anchor,
            rotate: None,
            bold: false,
            color: None,
        });
    }

    /// A line between two points of the axes.
    pub(super) fn line(&mut self, from: (f64, f64), to: (f64, f64), colour: &str) {
        self.stroke(from, to, colour, 1.2, None);
    }

    /// A dashed line between two points of the axes.
    pub(super) fn dashes(&mut self, from: (f64, f64), to: (f64, f64), colour: &str) {
        self.stroke(from, to, colour, 1.5, Some("5 4"));
    }

    fn stroke(&mut self, from: (f64, f64), to: (f64, f64), colour: &str, width: f64, dashes: Option<&str>) {
        let ((x1, y1), (x2, y2)) = (self.place(from.0, from.1), self.place(to.0, to.1));
        self.scene.add(Primitive::Line {
            x1,
            y1,
            x2,
            y2,
            stroke: colour.into(),
            stroke_width: width,
            stroke_dasharray: dashes.map(str::to_owned),
        });
    }

    /// A rectangle between two corners on the axes (or in the drawing without axes). One without area is left out.
    pub(super) fn area(&mut self, from: (f64, f64), to: (f64, f64), colour: &str) {
        let ((x1, y1), (x2, y2)) = (self.place(from.0, from.1), self.place(to.0, to.1));
        let (width, height) = ((x2 - x1).abs(), (y2 - y1).abs());
        if width > 0.0 && height > 0.0 {
            self.scene.add(Primitive::Rect {
                x: x1.min(x2),
                y: y1.min(y2),
                width,
                height,
                fill: colour.into(),
                stroke: None,
                stroke_width: None,
                opacity: None,
            });
        }
    }

    /// A disc around a point of the axes; the radius is in units of the drawing.
    pub(super) fn disc(&mut self, (x, y): (f64, f64), radius: f64, colour: &str) {
        let (cx, cy) = self.place(x, y);
        let fill = colour.into();
        self.scene.add(Primitive::Circle {
            cx,
            cy,
            r: radius,
            fill,
            fill_opacity: None,
            stroke: None,
            stroke_width: None,
        });
    }

    /// Draws with `draw`, and adds a hint for a pointer.
    pub(super) fn hinted(&mut self, hint: String, draw: impl FnOnce(&mut Self)) {
        self.scene.elements.push(Primitive::GroupStart { transform: None, title: Some(hint), extra_attrs: None });
        draw(self);
        self.scene.elements.push(Primitive::GroupEnd);
    }

    /// The drawing as an element, with a title and a description for screen readers. `id` is unique in the page.
    pub(super) fn element(&self, id: &str, title: &str, description: &str) -> String {
        let drawn = SvgBackend::new().render_scene(&self.scene);
        // The opening tag is replaced: no fixed size, no namespace (HTML needs none), but a name.
        let inner = drawn.split_once('>').map_or("", |(_, inner)| inner);
        let inner = inner.strip_prefix("<!--").and_then(|rest| rest.split_once("-->")).map_or(inner, |(_, rest)| rest);
        format!(
            "<svg viewBox=\"0 0 {} {}\" role=\"img\" aria-labelledby=\"{id}-title {id}-description\">\
             <title id=\"{id}-title\">{}</title><desc id=\"{id}-description\">{}</desc>{inner}\n",
            self.scene.width,
            self.scene.height,
            markup::escape(title),
            markup::escape(description),
        )
    }
}

/// A scene with the background and the font of the page.
fn plain(scene: Scene) -> Scene {
    scene.with_background(None)
}

fn theme() -> Theme {
    Theme {
        background: "none".into(),
        axis_color: ink::RULE.into(),
        grid_color: ink::RULE.into(),
        tick_color: ink::RULE.into(),
        text_color: ink::WORDS.into(),
        ..Theme::light()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_have_few_labels_and_room() {
        for (most, step, high) in
            [(0, 1.0, 1.0), (5, 1.0, 5.0), (6, 2.0, 6.0), (82, 20.0, 100.0), (1_984, 500.0, 2_000.0)]
        {
            let axis = Axis::counts(most);
            assert!(matches!(axis.kind, AxisKind::Numbers { step: found, .. } if found == step), "{most}");
            assert_eq!((axis.low, axis.high), (0.0, high), "{most}");
        }
    }

    #[test]
    fn shares_begin_at_a_label() {
        for (low, floor) in [(0.95, 0.9), (1.0, 0.9), (0.88, 0.8), (0.6, 0.6), (0.45, 0.4), (0.31, 0.2), (-0.2, 0.0)] {
            assert!((Axis::shares(low).low() - floor).abs() < 1e-12, "{low}: {}", Axis::shares(low).low());
        }
    }

    #[test]
    fn a_picture_has_a_name_and_no_size_of_its_own() {
        let axis = || Axis::numbers(0.0, 1.0, 0.5, |value| format!("<{value}>"));
        let mut picture = Drawing::framed(axis(), axis(), (40.0, 10.0), 100.0);
        picture.hinted("a & b".into(), |picture| picture.area((0.0, 0.0), (0.5, 0.0), ink::FIRST));
        picture.area((0.0, 0.0), (0.5, 1.0), ink::FIRST);
        let element = picture.element("one", "a < b", "c");
        assert!(element.starts_with(
            "<svg viewBox=\"0 0 440 100\" role=\"img\" aria-labelledby=\"one-title one-description\">\
             <title id=\"one-title\">a &lt; b</title><desc id=\"one-description\">c</desc>"
        ));
        assert!(element.contains(">&lt;0.5&gt;</text>") && element.contains("<title>a &amp; b</title>"), "{element}");
        assert_eq!(element.matches("<rect").count(), 1, "an empty area is not drawn: {element}");
        assert!(
            element.contains("<rect x=\"40\" y=\"10\" width=\"195\" height=\"60\" fill=\"var(--first)\" />"),
            "{element}"
        );
    }
}
