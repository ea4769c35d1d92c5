/// Controlled delay, RFC 8289: judges each call as it leaves the queue.
///
/// Once calls have had to wait for the target or longer throughout an interval, one is dropped; while that goes on, the
/// next ones after a shorter and shorter time: the interval divided by the square root of their number.
struct CoDel: Sendable {
    /// ns
    let target: Int64
    let interval: Int64

    /// When calls will have waited too long for an interval; `nil`: the last one had not.
    private var aboveUntil: Int64?
    private var isDropping = false
    private var next: Int64 = 0
    private var count = 0
    private var countBefore = 0
    /// What the judgement before this one was, if that dropped a call.
    private var dropped = Drop.none

    private enum Drop: Sendable { case none, first, further }

    init(target: Int64, interval: Int64) {
        self.target = target
        self.interval = interval
    }

    /// Whether the call is dropped, and the next one is to be judged at once. `othersWait`: whether the queue still
    /// holds someone; the last one is never dropped.
    mutating func drops(waited: Int64, othersWait: Bool, at now: Int64) -> Bool {
        let mayDrop = hasStood(waited, othersWait, now)
        let before = dropped
        dropped = .none
        if before == .first { return false }
        guard isDropping else {
            if mayDrop { enter(at: now) }
            return mayDrop
        }
        guard mayDrop else {
            isDropping = false
            return false
        }
        if before == .further { next += law }
        guard now >= next else { return false }
        count += 1
        dropped = .further
        return true
    }

    /// The queue is empty.
    mutating func queueEmptied() {
        aboveUntil = nil
        dropped = .none
        isDropping = false
    }

    private mutating func hasStood(_ waited: Int64, _ othersWait: Bool, _ now: Int64) -> Bool {
        guard waited >= target, othersWait else {
            aboveUntil = nil
            return false
        }
        guard let until = aboveUntil else {
            aboveUntil = now + interval
            return false
        }
        return now >= until
    }

    private mutating func enter(at now: Int64) {
        isDropping = true
        dropped = .first
        // Soon after the last time: go on with the rate that was enough then.
        let further = count - countBefore
        count = further > 1 && now - next < interval.multipliedClamped(by: 16) ? further : 1
        next = now + law
        countBefore = count
    }

    private var law: Int64 { Int64(Double(interval) / Double(count).squareRoot()) }
}
