//! Work spread over threads with results in the order of the inputs, in bounded memory. Not a thread pool: threads live for one call.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::panic::resume_unwind;
use std::sync::{Condvar, Mutex, mpsc};
use std::thread;

use onrecord_annotate::Crew;

/// How far the fastest worker may run ahead of the slowest, per thread.
const AHEAD: usize = 8;

/// Calls `work` on each of `inputs` on `threads` threads, and `take` on each result in the order of the inputs.
///
/// A thread that waits, for a slot or for the last results, counts as idle in `crew`: `work` may share what it does with it.
/// At most `8 * threads` inputs are held at a time, however many there are. `take` runs on the calling thread; when it
/// returns `false`, no further input is taken and the call returns.
///
/// # Panics
/// Where `inputs`, `work` or `take` panics, with what it panicked with; the results before it may have been taken.
pub fn for_each_ordered<I, O, W, T>(threads: NonZeroUsize, crew: &Crew, inputs: I, work: W, mut take: T)
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
        // Also where `take` panics: the workers must not wait for slots that nobody gives back.
        let _closing = Closing(&window);
        let worker = |_| {
            let sender = sender.clone();
            let (inputs, window, work) = (&inputs, &window, &work);
            scope.spawn(move || {
                // One worker that stops stops all: no input is left, nobody takes results, or `work` panicked, and then the
                // result that is due never comes.
                let _closing = Closing(window);
                // A slot is taken before the input, so that what waits in order is bounded.
                loop {
                    let idle = crew.idle();
                    if !window.enter() {
                        return Some(idle);
                    }
                    drop(idle);
                    let next = inputs.lock().ok().and_then(|mut inputs| inputs.next());
                    // What is returned lives until the last result was taken: the thread that reads a long text to its end, when
                    // no other text is left, may have this one's share of the machine.
                    let Some((index, input)) = next else { return Some(crew.idle()) };
                    if sender.send((index, work(input))).is_err() {
                        return None;
                    }
                }
            })
        };
        let workers: Vec<_> = (0..threads).map(worker).collect();
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
        for worker in workers {
            if let Err(panic) = worker.join() {
                resume_unwind(panic);
            }
        }
    });
}

/// Closes the gate when it is dropped, by a panic too.
struct Closing<'window>(&'window Window);

impl Drop for Closing<'_> {
    fn drop(&mut self) {
        self.0.close();
    }
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
            for_each_ordered(NonZeroUsize::new(threads).unwrap(), &Crew::default(), 0..500, slow_first, |result| {
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
            &Crew::default(),
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

    #[test]
    fn a_panic_ends_the_call_and_comes_through() {
        let check = |threads: usize, in_work: Option<u32>, in_take: Option<u32>| {
            let taken = AtomicUsize::new(0);
            let (done, waiting) = mpsc::channel();
            // On a thread of its own, so that a call that hangs fails the test.
            thread::scope(|scope| {
                let taken = &taken;
                scope.spawn(move || {
                    let call = std::panic::AssertUnwindSafe(|| {
                        for_each_ordered(
                            NonZeroUsize::new(threads).unwrap(),
                            &Crew::default(),
                            0..10_000_u32,
                            |number| match Some(number) == in_work {
                                true => panic!("work {number}"),
                                false => number,
                            },
                            |number| {
                                assert!(Some(number) != in_take, "take {number}");
                                assert_eq!(taken.fetch_add(1, Ordering::Relaxed), number as usize);
                                true
                            },
                        );
                    });
                    let panic = std::panic::catch_unwind(call).unwrap_err();
                    let _ = done.send(panic.downcast_ref::<String>().cloned());
                });
                match waiting.recv_timeout(std::time::Duration::from_secs(10)) {
                    Ok(message) => {
                        let (place, number) =
                            in_work.map(|number| ("work", number)).or(in_take.map(|number| ("take", number))).unwrap();
                        assert_eq!(message, Some(format!("{place} {number}")));
                    }
                    // Leaving the scope would wait for ever.
                    Err(_) => std::process::abort(),
                }
            });
            let last = in_work.or(in_take).unwrap() as usize;
            assert!(taken.load(Ordering::Relaxed) <= last, "nothing after the panic is taken");
        };
        for threads in [1, 2, 7] {
            check(threads, Some(0), None);
            check(threads, Some(300), None);
            check(threads, None, Some(300));
        }
    }
}
