//! The program around reviews: settings file, demo, calendar, completions.

mod calendar;
mod completions;
mod config;
mod demo;
