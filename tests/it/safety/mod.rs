//! What happens to the file of the database while it is open, and around it: nothing that was answered is lost.

mod check;
mod condemned;
mod differential;
mod faults;
mod intake;
mod left_log;
mod lost_file;
mod runs;
mod unsound;
mod upgrades;
mod waiting;
