//! The program around reviews: settings file, demo, calendar, completions.

mod bytes;
mod calendar;
mod completions;
mod config;
mod demo;
mod meant;
