import Trace

/// What a part of the system did, bucket by bucket: for sparklines and charts. O(buckets · log n).
public struct TimeSeries: Hashable, Sendable {
    /// The part of the system that is measured.
    public enum Subject: Hashable, Sendable {
        case flow(NameID)
        case backend(NameID)
    }

    public struct Bucket: Hashable, Sendable {
        /// Not in the bucket itself, but for the first bucket of a run.
        public var from: VirtualTime
        public var to: VirtualTime
        /// Requests or calls that started, and those that ended well and not.
        public var started: Int
        public var ok: Int
        public var failed: Int
        /// Started in a virtual second.
        public var rate: Double
        /// Largest number in flight (of a flow) or in service (of a backend).
        public var maxInFlight: Int
        /// Longest queue of a backend.
        public var maxQueued: Int
        /// Of what ended in the bucket; `nil`: nothing did.
        public var latency: LatencySummary?
    }

    public var subject: Subject
    /// Of equal length. The last one may reach beyond the cursor; later ones are left out.
    public var buckets: [Bucket]

    /// - Parameter count: buckets between the two moments; those after the cursor are not returned.
    public init(
        _ index: TraceIndex, _ subject: Subject, from: VirtualTime, to: VirtualTime, count: Int, cursor: Cursor? = nil
    ) {
        self.subject = subject
        buckets = Window.buckets(index.trace, from: from, to: to, count: count, cursor: cursor).compactMap {
            Bucket(subject, index.activity, $0.window, from: $0.edges.lowerBound, to: $0.edges.upperBound)
        }
    }
}

extension Window {
    /// Windows of equal length between two moments, with where each starts and ends. The last one may reach beyond the
    /// cursor; later ones are left out.
    static func buckets(
        _ trace: Trace, from: VirtualTime, to: VirtualTime, count: Int, cursor: Cursor?
    ) -> [(window: Window, edges: ClosedRange<VirtualTime>)] {
        let cursor = cursor ?? trace.lastCursor
        guard count > 0, to > from else { return [] }
        let length = (Double(to.nanoseconds) - Double(from.nanoseconds)) / Double(count)
        func edge(_ place: Int) -> VirtualTime {
            place == count ? to : from.advanced(byNanoseconds: Int64((length * Double(place)).rounded(.down)))
        }
        var buckets: [(window: Window, edges: ClosedRange<VirtualTime>)] = []
        for place in 0..<count {
            let (low, high) = (edge(place), edge(place + 1))
            guard low < cursor.time || place == 0 && low <= cursor.time else { break }
            let end = high < cursor.time ? trace.cursor(at: high) : cursor
            buckets.append((Window(trace, from: low <= .zero ? nil : low, through: end), low...max(low, high)))
        }
        return buckets
    }
}

extension TimeSeries.Bucket {
    init?(_ subject: TimeSeries.Subject, _ activity: Activity, _ window: Window, from: VirtualTime, to: VirtualTime) {
        self.from = from
        self.to = to
        switch subject {
        case .flow(let name):
            guard let flow = activity.flow(named: name) else { return nil }
            started = flow.traffic.started.places(in: window).count
            ok = flow.traffic.ended.count(.ok, in: window)
            failed = flow.traffic.finished.places(in: window).count - ok
            maxInFlight = Int(flow.traffic.inFlight.maximum(in: window))
            maxQueued = 0
            latency = flow.traffic.latency.summary(in: window)
        case .backend(let name):
            guard let backend = activity.backend(named: name) else { return nil }
            started = backend.sent.places(in: window).count
            ok = backend.ended.count(.ok, in: window)
            failed = [Outcome.Group.failed, .rejected, .timedOut].reduce(0) {
                $0 + backend.ended.count($1, in: window)
            }
            maxInFlight = Int(backend.inService.maximum(in: window))
            maxQueued = Int(backend.queued.maximum(in: window))
            latency = backend.callerLatency.summary(in: window)
        }
        rate = window.perSecond(started)
    }
}
