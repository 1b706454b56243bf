//! What `check --watch` does: looks whether something changed, and checks again when it did.

use std::thread::sleep;
use std::time::{Duration, Instant};

use super::{Failure, Global, is_broken_pipe};

/// The least time between two looks.
const PAUSE: Duration = Duration::from_millis(250);
/// Looking takes no more than one part in so many of the time.
const SHARE: u32 = 10;

/// Checks, and checks again when what is seen is no longer the same. It ends with its process, or
/// when nobody reads what it prints; other failures may be mended while it waits.
pub(super) fn watch(
    global: &Global,
    check: &dyn Fn() -> Result<u8, Failure>,
    look: &dyn Fn() -> Result<[u8; 32], Failure>,
) -> Result<u8, Failure> {
    loop {
        // Before the check, so that a change in the middle of it is not lost.
        let seen = look().ok();
        let begun = Instant::now();
        match check() {
            Err(failure) if is_broken_pipe(&*failure) => return Err(failure),
            Err(failure) => say!("error: {failure}"),
            Ok(_) => {}
        }
        if global.quiet == 0 {
            say!("checked in {:.2} s; waiting for changes (Ctrl-C ends)", begun.elapsed().as_secs_f32());
        }
        let waited = Instant::now();
        let mut pause = PAUSE;
        loop {
            sleep(pause);
            let begun = Instant::now();
            if look().ok() != seen {
                break;
            }
            pause = PAUSE.max(begun.elapsed() * SHARE);
        }
        if global.quiet == 0 {
            say!("changed after {:.1} s", waited.elapsed().as_secs_f32());
        }
    }
}
