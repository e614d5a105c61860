mod config;
mod say;
