//! Work spread over threads with results in the order of the inputs, in bounded memory. Not a thread pool: threads live for one call.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::{Condvar, Mutex, mpsc};
use std::thread;

/// How far the fastest worker may run ahead of the slowest, per thread.
const AHEAD: usize = 8;

/// Calls `work` on each of `inputs` on `threads` threads, and `take` on each result in the order of the inputs.
///
/// At most `8 * threads` inputs are held at a time, however many there are. `take` runs on the calling thread; when it
/// returns `false`, no further input is taken and the call returns.
pub fn for_each_ordered<I, O, W, T>(threads: NonZeroUsize, inputs: I, work: W, mut take: T)
where
    I: Iterator + Send,
    I::Item: Send,
    O: Send,
    W: Fn(I::Item) -> O + Sync,
    T: FnMut(O) -> bool,
{
    let threads = threads.get();
    let inputs = Mutex::new(inputs.enumerate());
    let window = Window::new(AHEAD * threads);
    let (sender, receiver) = mpsc::channel();
    thread::scope(|scope| {
        for _ in 0..threads {
            let sender = sender.clone();
            let (inputs, window, work) = (&inputs, &window, &work);
            scope.spawn(move || {
                // A slot is taken before the input, so that what waits in order is bounded.
                while window.enter() {
                    let next = inputs.lock().ok().and_then(|mut inputs| inputs.next());
                    let Some((index, input)) = next else { break };
                    if sender.send((index, work(input))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        let mut waiting = BTreeMap::new();
        let mut due = 0;
        'results: for (index, result) in &receiver {
            waiting.insert(index, result);
            while let Some(result) = waiting.remove(&due) {
                due += 1;
                if !take(result) {
                    break 'results;
                }
                window.leave();
            }
        }
        drop(receiver);
        window.close();
    });
}

/// A counting gate: at most so many inputs between being taken and being delivered.
struct Window {
    state: Mutex<(usize, bool)>,
    changed: Condvar,
}

impl Window {
    const fn new(free: usize) -> Self {
        Self { state: Mutex::new((free, true)), changed: Condvar::new() }
    }

    /// Waits for a free slot; `false` once the gate is closed.
    fn enter(&self) -> bool {
        let Ok(state) = self.state.lock() else { return false };
        let Ok(mut state) = self.changed.wait_while(state, |(free, open)| *free == 0 && *open) else { return false };
        if state.1 {
            state.0 -= 1;
        }
        state.1
    }

    fn leave(&self) {
        if let Ok(mut state) = self.state.lock() {
            state.0 += 1;
        }
        self.changed.notify_one();
    }

    fn close(&self) {
        if let Ok(mut state) = self.state.lock() {
            state.1 = false;
        }
        self.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn order_is_that_of_the_inputs() {
        for threads in [1, 2, 7] {
            let mut seen = Vec::new();
            let slow_first = |number: u32| {
                if number.is_multiple_of(5) {
                    thread::yield_now();
                }
                number * 2
            };
            for_each_ordered(NonZeroUsize::new(threads).unwrap(), 0..500, slow_first, |result| {
                seen.push(result);
                true
            });
            assert_eq!(seen, (0..500).map(|number| number * 2).collect::<Vec<_>>());
        }
    }

    #[test]
    fn stopping_takes_no_more_inputs() {
        let taken = AtomicUsize::new(0);
        let inputs = (0..1_000_000).inspect(|_| {
            taken.fetch_add(1, Ordering::Relaxed);
        });
        let mut results = 0;
        for_each_ordered(
            NonZeroUsize::new(2).unwrap(),
            inputs,
            |number| number,
            |_| {
                results += 1;
                results < 10
            },
        );
        assert_eq!(results, 10);
        assert!(taken.load(Ordering::Relaxed) <= 10 + 2 * AHEAD + 2);
    }
}
