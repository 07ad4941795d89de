//! `diff`: the policy for each kind of change, and the command.

mod command;
mod compiled;
mod kinds;
mod story;
