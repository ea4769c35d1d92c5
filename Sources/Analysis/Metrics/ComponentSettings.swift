import Trace

/// The settings of a cache or a balancer at a cursor, in the order in which the trace first tells them.
public struct ComponentSettings: Hashable, Sendable {
    public struct Entry: Hashable, Sendable {
        public var name: String
        /// `lru` of `eviction=lru`; `nil`: the setting is no choice.
        public var choice: String?
        /// Nanoseconds, a count, or millionths: see ``EventKind/cacheConfigured``.
        public var value: Int64
        /// The event that set it.
        public var event: EventID
    }
    /// Those that are switched off or have no limit are not among them.
    public var entries: [Entry]

    /// The size of a setting; `nil`: there is no such setting, or it is off.
    public subscript(name: String) -> Int64? { entries.first { $0.name == name }?.value }

    /// What was chosen; `nil`: there is no such setting, or it is no choice.
    public func choice(_ name: String) -> String? { entries.first { $0.name == name }?.choice }
}

/// The settings that a cache or a balancer has had.
struct SettingHistory: Sendable {
    private struct Setting: Sendable {
        var name: String
        var events: [UInt32]
    }
    private var settings: [Setting] = []

    mutating func add(_ event: Event, id: UInt32, trace: Trace) {
        let name = Self.parts(trace.name(event.detail)).name
        if let place = settings.firstIndex(where: { $0.name == name }) {
            settings[place].events.append(id)
        } else {
            settings.append(Setting(name: name, events: [id]))
        }
    }

    /// What the run begins with holds before its first event too. O(settings · log n).
    func settings(at eventCount: Int, in trace: Trace) -> ComponentSettings {
        let now = UInt32(clamping: eventCount)
        return ComponentSettings(
            entries: settings.compactMap { setting in
                let count = setting.events.count(through: now)
                guard count > 0 || Self.isFirst(setting.events[0], in: trace) else { return nil }
                let id = setting.events[max(0, count - 1)]
                let event = trace.events[Int(id) - 1]
                let choice = Self.parts(trace.name(event.detail)).choice
                if choice == nil, event.value < 0 { return nil }
                return ComponentSettings.Entry(
                    name: setting.name, choice: choice, value: event.value, event: EventID(id))
            })
    }

    /// Whether the setting was there when the run began.
    private static func isFirst(_ id: UInt32, in trace: Trace) -> Bool {
        let event = trace.events[Int(id) - 1]
        return event.time == .zero && event.cause == .none
    }

    private static func parts(_ text: String) -> (name: String, choice: String?) {
        guard let sign = text.firstIndex(of: "=") else { return (text, nil) }
        return (String(text[..<sign]), String(text[text.index(after: sign)...]))
    }
}
