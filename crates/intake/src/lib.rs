//! Which reports does this file, archive or table hold?
