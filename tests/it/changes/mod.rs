//! What `diff` tells: the policy kind by kind, and the command.

mod command;
mod kinds;
mod story;
