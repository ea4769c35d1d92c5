extension Backoff {
    /// A wait, and the least and the most that jitter could have made of it.
    public struct Wait: Hashable, Sendable {
        public var duration: Duration
        public var floor: Duration
        public var ceiling: Duration

        public init(_ duration: Duration, floor: Duration, ceiling: Duration) {
            self.duration = duration
            self.floor = floor
            self.ceiling = ceiling
        }

        /// One that leaves no choice.
        public init(exactly duration: Duration) { self.init(duration, floor: duration, ceiling: duration) }
    }

    /// The waits of one piece of work, one after another. It never ends; each step is O(1).
    public struct Sequence: Sendable {
        public let backoff: Backoff
        /// Waits given so far.
        public private(set) var count = 0
        /// What the next wait is computed from, in nanoseconds: the value of a growing shape, the last wait of a
        /// decorrelated one. For decorrelated V2 its curve's value at the last draw.
        private var state: Double

        init(_ backoff: Backoff) {
            self.backoff = backoff
            state = backoff.shape == .decorrelatedV2 ? 0 : backoff.base.clampedDouble
        }

        /// Begins anew, as after gRPC's pushback.
        public mutating func restart() { self = Sequence(backoff) }

        /// The next wait.
        ///
        /// - Parameter draw: a random number in 0..<1; any other is taken as the nearest of these.
        public mutating func next(draw: Double) -> Wait {
            let draw = draw > 0 ? Swift.min(draw, Self.highestDraw) : 0
            let (floor, ceiling) = (duration(0), duration(Self.highestDraw))
            let wait = Wait(Swift.max(floor, Swift.min(duration(draw), ceiling)), floor: floor, ceiling: ceiling)
            advance(past: wait.duration, draw)
            return wait
        }

        /// The largest number below 1.
        private static let highestDraw = 1 - 0x1p-53
        private static let longest = Duration.longest.clampedDouble

        private mutating func advance(past wait: Duration, _ draw: Double) {
            switch backoff.shape {
            case .exponential(let factor): state = wholeUnits(Swift.min(state * factor, Self.longest))
            case .exponentialLessOne: state = Swift.min(state * 2 + backoff.base.clampedDouble, Self.longest)
            case .decorrelated, .decorrelatedGrowing: state = wait.clampedDouble
            case .decorrelatedV2: state = DecorrelatedV2.curve(Double(count) + draw)
            case .none, .constant, .linear, .listed: break
            }
            if count < .max { count += 1 }
        }

        /// The next wait for a draw; a larger draw never gives less.
        private func duration(_ draw: Double) -> Duration {
            var value = value(draw)
            if let most = backoff.max, backoff.cap == .afterJitter { value = Swift.min(value, most.clampedDouble) }
            value = Swift.max(wholeUnits(Swift.min(value, Self.longest)), backoff.least.clampedDouble)
            return .nanoseconds(Int64(value + 0.5))
        }

        private func value(_ draw: Double) -> Double {
            let base = backoff.base.clampedDouble
            switch backoff.shape {
            case .none: return 0
            case .constant: return jittered(base, draw)
            case .linear(let step): return jittered(base + Double(count) * step.clampedDouble, draw)
            case .exponential, .exponentialLessOne: return jittered(state, draw)
            case .listed(let waits): return jittered(waits[Swift.min(count, waits.count - 1)].clampedDouble, draw)
            case .decorrelated: return between(base, capped(3 * state), draw)
            case .decorrelatedGrowing: return between(state, count == 0 ? state : capped(3 * state), draw)
            case .decorrelatedV2:
                let curve = DecorrelatedV2.curve(Double(count) + draw)
                // Beyond the range of numbers there is no difference left to take.
                return curve.isFinite ? DecorrelatedV2.scale * base * (curve - state) : Self.longest
            }
        }

        private func jittered(_ uncapped: Double, _ draw: Double) -> Double {
            let least = backoff.least.clampedDouble
            let value = Swift.max(least, capped(uncapped))
            switch backoff.jitter {
            case .none: return value
            case .proportional(let share):
                let further = backoff.unit > .nanoseconds(1) ? backoff.unit.clampedDouble : 0
                return between(value * (1 - share), value * (1 + share) + further, draw)
            case .full: return between(least, value, draw)
            case .equal: return between(value / 2, value, draw)
            case .added(let most): return between(value, value + most.clampedDouble, draw)
            case .addedShare(let share): return between(value, value * (1 + share), draw)
            }
        }

        /// In low..<high, as long as there is a number between them: rounding must not reach the upper end.
        private func between(_ low: Double, _ high: Double, _ draw: Double) -> Double {
            high > low ? Swift.min(low + (high - low) * draw, high.nextDown) : low
        }

        private func capped(_ value: Double) -> Double {
            guard let most = backoff.max, backoff.cap == .beforeJitter else { return value }
            return Swift.min(value, most.clampedDouble)
        }

        private func wholeUnits(_ value: Double) -> Double {
            let unit = backoff.unit.clampedNanoseconds
            return unit > 1 ? Double(Int64(value) / unit * unit) : value
        }
    }
}
