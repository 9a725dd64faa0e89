//! On how many threads is worked? In pools that are made once for each number of threads, and anew in a forked process, which the threads
//! of the pool before did not follow.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::fault::Fault;

/// Pools by process and number of threads.
static POOLS: Mutex<BTreeMap<(u32, usize), Arc<ThreadPool>>> = Mutex::new(BTreeMap::new());

/// The pool of so many threads; `None` is one for each core.
pub(crate) fn pool(threads: Option<usize>) -> Result<Arc<ThreadPool>, Fault> {
    let key = (std::process::id(), threads.unwrap_or(0));
    let mut pools = POOLS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(pool) = pools.get(&key) {
        return Ok(Arc::clone(pool));
    }
    let made = ThreadPoolBuilder::new().num_threads(key.1).build();
    let pool = Arc::new(made.map_err(|error| Fault::new("internal", format!("no threads can be started ({error})")))?);
    pools.insert(key, Arc::clone(&pool));
    Ok(pool)
}
