/// The trace as bytes, version 1: about a quarter of its size in memory.
///
///     "EnsayoT" version scenario seed end names components events digest
///
/// Numbers are LEB128, those with a sign zigzag before it; text is UTF-8 after its length; lists follow their count.
/// Events hold differences: time, request and span to those of the event before, parent to the span, cause to the
/// event's own number. The digest is that of the trace, so damage is noticed.
extension Trace {
    private static let magic = Array("EnsayoT".utf8)
    private static let version: UInt64 = 1
    /// No event is shorter: two bytes for kind and outcome, one for each of the other fields.
    private static let smallestEvent = 10

    /// The trace as bytes; equal traces give equal bytes. O(events).
    public func encoded() -> [UInt8] {
        var writer = ByteWriter(capacity: 64 + 16 * events.count)
        writer.write(Self.magic)
        writer.write(unsigned: Self.version)
        writer.write(scenario)
        writer.write(fixed: seed)
        writer.write(signed: end.nanoseconds)
        writer.write(unsigned: UInt64(names.names.count - 1))
        for name in names.names.dropFirst() { writer.write(name) }
        writer.write(unsigned: UInt64(components.count))
        for component in components {
            writer.write(unsigned: UInt64(component.name.rawValue))
            writer.write(byte: component.kind.rawValue)
        }
        writer.write(unsigned: UInt64(events.count))
        var last = Event(time: .zero, kind: .mark)
        for (index, event) in events.enumerated() {
            writer.write(event, after: last, number: Int64(index) + 1)
            last = event
        }
        writer.write(fixed: digest.value)
        return writer.bytes
    }

    /// Reads what ``encoded()`` wrote.
    ///
    /// Bytes of any other origin give an error, and never take more memory than a small multiple of their number.
    /// Checked as well: events in order of time, names that exist, causes that came before, the digest.
    public init(decoding bytes: [UInt8]) throws(TraceCodecError) {
        var reader = ByteReader(bytes)
        for expected in Self.magic {
            guard reader.remaining > 0, try reader.byte() == expected else { throw reader.error(.notATrace) }
        }
        let version = try reader.unsigned()
        guard version == Self.version else { throw reader.error(.unknownVersion(version)) }
        self.init()
        scenario = try reader.text()
        seed = try reader.fixed()
        end = VirtualTime(nanoseconds: try reader.signed())
        for _ in 0..<(try reader.count(minimumSize: 1)) {
            let name = try reader.text()
            guard names.find(name) == nil else { throw reader.error(.duplicateName) }
            _ = names.intern(name)
        }
        for _ in 0..<(try reader.count(minimumSize: 2)) {
            let name = NameID(try reader.unsigned32())
            guard let kind = Component.Kind(rawValue: try reader.byte()) else { throw reader.error(.unknownCase) }
            guard Int(name.rawValue) < names.names.count else { throw reader.error(.danglingReference) }
            components.append(Component(name: name, kind: kind))
        }
        let count = try reader.count(minimumSize: Self.smallestEvent)
        events.reserveCapacity(count)
        var last = Event(time: .zero, kind: .mark)
        for number in stride(from: 1, through: Int64(count), by: 1) {
            last = try reader.event(after: last, number: number, names: names.names.count)
            events.append(last)
        }
        guard try reader.fixed() == digest.value else { throw reader.error(.digestMismatch) }
        guard reader.remaining == 0 else { throw reader.error(.trailingBytes) }
    }
}

extension ByteWriter {
    fileprivate mutating func write(_ event: Event, after last: Event, number: Int64) {
        write(byte: event.kind.rawValue)
        write(byte: event.outcome.rawValue)
        write(signed: event.time.nanoseconds &- last.time.nanoseconds)
        write(signed: event.value)
        write(unsigned: UInt64(event.component.rawValue))
        write(unsigned: UInt64(event.detail.rawValue))
        write(signed: Int64(event.request.rawValue) - Int64(last.request.rawValue))
        write(signed: Int64(event.span.rawValue) - Int64(last.span.rawValue))
        write(signed: Int64(event.span.rawValue) - Int64(event.parent.rawValue))
        write(signed: event.cause == .none ? 0 : number - Int64(event.cause.rawValue))
    }
}

extension ByteReader {
    fileprivate mutating func event(after last: Event, number: Int64, names: Int) throws(TraceCodecError) -> Event {
        guard let kind = EventKind(rawValue: try byte()) else { throw error(.unknownCase) }
        guard let outcome = Outcome(rawValue: try byte()) else { throw error(.unknownCase) }
        var event = Event(time: last.time, kind: kind, outcome: outcome)
        event.time.nanoseconds &+= try signed()
        guard event.time >= last.time else { throw error(.outOfOrder) }
        event.value = try signed()
        event.component = NameID(try unsigned32())
        event.detail = NameID(try unsigned32())
        guard max(event.component, event.detail).rawValue < names else { throw error(.danglingReference) }
        event.request = RequestID(try sum(try signed(), last.request.rawValue))
        event.span = SpanID(try sum(try signed(), last.span.rawValue))
        event.parent = SpanID(try sum(0 &- (try signed()), event.span.rawValue))
        let distance = try signed()
        if distance != 0 {
            guard distance > 0, distance < number else { throw error(.danglingReference) }
            event.cause = EventID(UInt32(truncatingIfNeeded: number - distance))
        }
        return event
    }

    private func sum(_ difference: Int64, _ base: UInt32) throws(TraceCodecError) -> UInt32 {
        let (sum, overflow) = difference.addingReportingOverflow(Int64(base))
        guard !overflow, let result = UInt32(exactly: sum) else { throw error(.badNumber) }
        return result
    }
}
