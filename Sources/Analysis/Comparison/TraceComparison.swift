import Trace

/// Two runs side by side: where they part, and what that did to their numbers.
public struct TraceComparison: Hashable, Sendable {
    /// The first place where two traces are not the same.
    public struct Divergence: Hashable, Sendable {
        /// The earlier of the two moments.
        public var time: VirtualTime
        /// The event on each side; ``EventID/none`` where that trace has ended.
        public var left: EventID
        public var right: EventID
    }

    /// The first difference of any kind; `nil`: the events are the same.
    public var firstDifference: Divergence?
    /// The first difference in what happened to requests: what was done to the system (faults, parameters, slots,
    /// settings, marks, who is in a pool) is passed over, and so are the numbers of the events. `nil`: it made no
    /// difference to any request.
    public var firstEffect: Divergence?
    public var left: RunMetrics
    public var right: RunMetrics
    /// Every number that is not the same.
    public var differences: [MetricDifference]

    /// O(n) in the shorter trace. The names of the two need not be numbered alike.
    ///
    /// - Parameters:
    ///   - from: where the compared window starts; `nil`: the start of the run.
    ///   - to: where it ends; `nil`: each run's end.
    public init(_ left: TraceIndex, _ right: TraceIndex, from: VirtualTime? = nil, through to: VirtualTime? = nil) {
        let names = NameMap(left.trace.names, right.trace.names)
        firstDifference = Self.difference(left.trace, right.trace, names)
        firstEffect = Self.effect(left.trace, right.trace, names)
        self.left = RunMetrics.over(left, from: from, through: to.map { left.trace.cursor(at: $0) })
        self.right = RunMetrics.over(right, from: from, through: to.map { right.trace.cursor(at: $0) })
        differences = MetricDifference.all(self.left, self.right)
    }

    private static func difference(_ left: Trace, _ right: Trace, _ names: NameMap) -> Divergence? {
        let common = min(left.events.count, right.events.count)
        for place in 0..<common {
            let (one, other) = (left.events[place], right.events[place])
            if one.cause != other.cause || !names.same(one, other) { return divergence(left, right, place, place) }
        }
        return left.events.count == right.events.count ? nil : divergence(left, right, common, common)
    }

    private static func effect(_ left: Trace, _ right: Trace, _ names: NameMap) -> Divergence? {
        var one = 0
        var other = 0
        while true {
            while one < left.events.count, left.events[one].kind.isPassedOver { one += 1 }
            while other < right.events.count, right.events[other].kind.isPassedOver { other += 1 }
            guard one < left.events.count, other < right.events.count else { break }
            if !names.same(left.events[one], right.events[other]) { return divergence(left, right, one, other) }
            one += 1
            other += 1
        }
        return one == left.events.count && other == right.events.count ? nil : divergence(left, right, one, other)
    }

    private static func divergence(_ left: Trace, _ right: Trace, _ one: Int, _ other: Int) -> Divergence? {
        let leftID = one < left.events.count ? EventID(UInt32(one + 1)) : .none
        let rightID = other < right.events.count ? EventID(UInt32(other + 1)) : .none
        let times = [left[leftID]?.time, right[rightID]?.time].compactMap { $0 }
        return times.min().map { Divergence(time: $0, left: leftID, right: rightID) }
    }
}

/// Compares events of two traces by their names, not by the numbers that each trace gave them.
private struct NameMap {
    /// For each name of the left its number on the right; `nil` where the right has no such name.
    private let right: [NameID?]

    init(_ left: NameTable, _ right: NameTable) {
        self.right = left.names.map { right.find($0) }
    }

    func same(_ left: Event, _ right: Event) -> Bool {
        left.time == right.time && left.kind == right.kind && left.outcome == right.outcome && left.value == right.value
            && left.request == right.request && left.span == right.span && left.parent == right.parent
            && same(left.component, right.component) && same(left.detail, right.detail)
    }

    private func same(_ left: NameID, _ right: NameID) -> Bool {
        Int(left.rawValue) < self.right.count ? self.right[Int(left.rawValue)] == right : left == right
    }
}

extension EventKind {
    /// Whether the event is something done to the system, not something that happened in it.
    public var isDoneToSystem: Bool {
        switch self {
        case .faultStarted, .faultEnded, .parameterSet, .capacityChanged, .mark, .cacheEmptied, .serverJoined,
            .serverLeft:
            true
        default: isSetting
        }
    }

    /// Whether it tells a setting of a policy's layer, a cache, a balancer or a backend's clock.
    var isSetting: Bool {
        self == .layerConfigured || self == .cacheConfigured || self == .balancerConfigured || self == .clockSet
    }

    /// What a comparison of requests passes over: how a pool is laid out, too.
    fileprivate var isPassedOver: Bool { isDoneToSystem || self == .sectorOwned || self == .serverWeighed }
}
