//! A database that cannot be opened as usual.

use std::path::Path;

use super::{Finding, Health, Remedy};
use crate::error::{Error, Result};
use crate::store::{SchemaDifference, Store};

/// What is wrong with a database that could not be opened with this failure. Gives the failure back if there is nothing else to say.
pub(in crate::study) fn check_unopened(path: &Path, error: Error) -> Result<Health> {
    let found = match error.code() {
        "foreign-schema" => Store::schema_differences(path).map(|differences| {
            // What can be put right is, if all can.
            let all = differences.iter().all(SchemaDifference::can_be_mended);
            let remedy = if all { Remedy::Mend } else { Remedy::Backup };
            differences.iter().map(|difference| Finding::new(difference.words(), remedy)).collect()
        }),
        "database-damaged" => {
            let what =
                error.message().split_once("the database is damaged: ").map_or(error.message(), |(_, what)| what);
            let what = format!("the file is damaged so that it cannot be opened: {what}");
            Ok(vec![Finding::new(what, Remedy::Backup)])
        }
        _ => return Err(error),
    };
    match found {
        Ok(problems) => Ok(Health { problems, ..Health::default() }),
        Err(_) => Err(error),
    }
}
