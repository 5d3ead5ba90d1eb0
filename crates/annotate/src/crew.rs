//! The threads of one run: how many there are, and how many have nothing to do just now, so that a long text can be shared out.
//! Not a thread pool, and without influence on any result.

use std::sync::atomic::{AtomicIsize, AtomicUsize, Ordering};
use std::thread;

/// Counts the idle threads of a run. Whoever has work to share borrows them for a while.
///
/// A thread that has nothing to do says so with [`Crew::idle`]; [`Crew::share`] then starts a helper in its place.
///
/// ```
/// use onrecord_annotate::Crew;
/// let crew = Crew::default();
/// let _waiting = crew.idle();
/// assert_eq!(crew.share(4, 8, || (), |_, number| number * number), [0, 1, 4, 9]);
/// ```
#[derive(Debug, Default)]
pub struct Crew {
    /// Threads that wait, less helpers that were started in their place.
    idle: AtomicIsize,
}

/// The thread that made it has nothing to do as long as it lives.
#[derive(Debug)]
pub struct Idle<'crew>(&'crew Crew);

impl Drop for Idle<'_> {
    fn drop(&mut self) {
        self.0.idle.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Helpers borrowed from a crew; given back when dropped, by a panic too.
struct Borrowed<'crew> {
    crew: &'crew Crew,
    count: usize,
}

impl Drop for Borrowed<'_> {
    fn drop(&mut self) {
        self.crew.idle.fetch_add(self.count as isize, Ordering::Relaxed);
    }
}

impl Crew {
    /// Counts this thread as one that waits, until what is returned is dropped.
    pub fn idle(&self) -> Idle<'_> {
        self.idle.fetch_add(1, Ordering::Relaxed);
        Idle(self)
    }

    fn borrow(&self, most: usize) -> Borrowed<'_> {
        let take = |idle: isize| usize::try_from(idle).ok().map(|idle| idle.min(most)).filter(|count| *count > 0);
        let taken =
            self.idle.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |idle| Some(idle - take(idle)? as isize));
        Borrowed { crew: self, count: taken.ok().and_then(take).unwrap_or(0) }
    }

    /// Calls `work` with each number below `count` on this thread and on those that are idle now, and gives what came out in the
    /// order of the numbers. Each thread makes itself a `tool` to work with.
    ///
    /// At most `batch` numbers a thread are worked on before it is asked again who is idle: what one call
    /// holds on to is `count` results, whatever the number of threads.
    ///
    /// # Panics
    /// Where `work` or `tool` panics.
    pub fn share<Tool, Out: Send>(
        &self,
        count: usize,
        batch: usize,
        tool: impl Fn() -> Tool + Sync,
        work: impl Fn(&mut Tool, usize) -> Out + Sync,
    ) -> Vec<Out> {
        let mut results = Vec::with_capacity(count);
        let mut own = tool();
        while results.len() < count {
            let left = count - results.len();
            let helpers = self.borrow(left - 1);
            let first = results.len();
            let end = first + left.min(batch.max(1).saturating_mul(helpers.count + 1));
            if helpers.count == 0 {
                results.extend((first..end).map(|number| work(&mut own, number)));
                continue;
            }
            let next = AtomicUsize::new(first);
            let take = |tool: &mut Tool| {
                let numbers = std::iter::repeat_with(|| next.fetch_add(1, Ordering::Relaxed));
                let numbers = numbers.take_while(|number| *number < end);
                numbers.map(|number| (number, work(tool, number))).collect::<Vec<_>>()
            };
            let mut done = thread::scope(|scope| {
                let others: Vec<_> = (0..helpers.count).map(|_| scope.spawn(|| take(&mut tool()))).collect();
                let mut done = take(&mut own);
                for other in others {
                    match other.join() {
                        Ok(theirs) => done.extend(theirs),
                        Err(panic) => std::panic::resume_unwind(panic),
                    }
                }
                done
            });
            done.sort_unstable_by_key(|(number, _)| *number);
            results.extend(done.into_iter().map(|(_, result)| result));
        }
        results
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_in_order_whoever_helps() {
        for waiting in [0, 1, 5] {
            let crew = Crew::default();
            let _idle: Vec<_> = (0..waiting).map(|_| crew.idle()).collect();
            for (count, batch) in [(0, 3), (1, 3), (100, 3), (100, 0), (7, usize::MAX)] {
                let found = crew.share(count, batch, || 1, |one, number| number + *one);
                assert_eq!(found, (1..=count).collect::<Vec<_>>(), "{waiting} idle");
            }
            assert_eq!(crew.idle.load(Ordering::Relaxed), waiting, "all were given back");
        }
    }

    #[test]
    fn a_thread_that_goes_back_to_work_is_not_lent_twice() {
        let crew = Crew::default();
        let waiting = crew.idle();
        let helpers = crew.borrow(3);
        assert_eq!(helpers.count, 1);
        drop(waiting);
        let _other = crew.idle();
        assert_eq!(crew.borrow(3).count, 0, "one is idle, and one helps");
        drop(helpers);
        assert_eq!(crew.borrow(3).count, 1);
    }

    #[test]
    fn a_helper_that_panics_gives_back_what_was_lent() {
        let crew = Crew::default();
        let _idle = crew.idle();
        let call = std::panic::AssertUnwindSafe(|| crew.share(9, 9, || (), |(), number| assert!(number != 3)));
        assert!(std::panic::catch_unwind(call).is_err());
        assert_eq!(crew.idle.load(Ordering::Relaxed), 1);
    }
}
