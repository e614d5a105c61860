mod calendar;
mod completions;
mod config;
mod demo;
mod say;
