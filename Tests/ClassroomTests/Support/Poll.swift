import Glibc

/// Waits until something holds: looks again and again, gives the other threads their turn, and gives up in the end.
func becomes(within limit: Duration = .seconds(20), _ holds: () -> Bool) -> Bool {
    let clock = ContinuousClock()
    let end = clock.now + limit
    while clock.now < end {
        if holds() { return true }
        sched_yield()
    }
    return holds()
}
