//! One test binary; a file a room.

mod config;
mod project;
