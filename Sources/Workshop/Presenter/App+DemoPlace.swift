import Scenario

// Where a session finds the demo of a presentation, and how it waits for it.
extension App {
    /// How much time has passed on an instructor's clock; `nil`: nobody teaches here.
    var teachingTime: Duration? { presenter?.timer.last }

    /// Whether the demo plays and has yet to come to a place. Throws ``SessionFailure`` where it never comes there.
    func isDemoPlaying(before place: DemoPlace) throws(SessionFailure) -> Bool {
        guard let demo = presenter?.demo else { throw SessionFailure(reason: "there is no demo here") }
        guard case .line(let number) = place else { return demo.isPlaying }
        let line = demo.next + 1
        if line == number { return false }
        if line < number, demo.isPlaying { return true }
        throw SessionFailure(reason: "the demo \(line < number ? "stands still" : "is") at its line \(line)")
    }
}
