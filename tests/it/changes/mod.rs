//! What `diff` tells: the policy kind by kind.

mod kinds;
