//! A database that cannot be opened as usual.

use std::path::Path;

use super::{Finding, Health, Remedy};
use crate::error::{Error, Result};
use crate::store::{SchemaDifference, Store};

/// What is wrong with a database that could not be opened with this failure. Gives the failure back if there is nothing else to say.
pub(in crate::study) fn check_unopened(path: &Path, error: Error) -> Result<Health> {
    let found = match error.code() {
        "foreign-schema" => Store::schema_differences(path).map(|differences| {
            let remedy =
                |difference: &SchemaDifference| if difference.can_be_mended() { Remedy::Mend } else { Remedy::Backup };
            differences.iter().map(|difference| Finding::new(difference.words(), remedy(difference))).collect()
        }),
        "database-damaged" => Ok(vec![Finding::new(error.message(), Remedy::Backup)]),
        _ => return Err(error),
    };
    match found {
        Ok(problems) => Ok(Health { problems, ..Health::default() }),
        Err(_) => Err(error),
    }
}
