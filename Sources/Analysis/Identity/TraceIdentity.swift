import Trace

/// The names by which services speak of one request: its trace, its spans, and an id that people can read.
///
/// They follow from the run and the request's number: the same run gives the same ids, two runs different ones.
public struct TraceIdentity: Hashable, Sendable {
    /// 16 hexadecimal digits.
    private let run: String

    /// - Parameter digest: of the run's trace.
    public init(_ digest: TraceDigest) { run = digest.description }

    /// 32 hexadecimal digits: those of the run, then the request's number.
    public func traceID(_ request: RequestID) -> String { run + Self.hex(UInt64(request.rawValue)) }

    /// What a client, a step or a policy does, or the caller's side of a call: 16 hexadecimal digits.
    public func spanID(_ span: SpanID) -> String { Self.hex(UInt64(span.rawValue)) }

    /// The side of a call that the one who is called sees: 16 hexadecimal digits.
    public func serverSpanID(_ call: SpanID) -> String { "1" + Self.hex(UInt64(call.rawValue)).dropFirst() }

    /// The span that holds another: where that is a call, the side of the one who is called. `nil`: none does.
    public func parentID(of span: Span, in index: TraceIndex) -> String? {
        guard span.parent != .none else { return nil }
        return index.span(span.parent)?.kind == .call ? serverSpanID(span.parent) : spanID(span.parent)
    }

    /// What a call carries to the one who is called. `nil`: only calls carry one.
    public func traceparent(of call: Span) -> TraceParent? {
        guard call.kind == .call, call.request != .none else { return nil }
        return TraceParent(traceID: traceID(call.request), parentID: spanID(call.id))
    }

    /// `web-12`: a client's name and the request's number. The same on every hop and in every line of the log.
    public static func correlationID(_ request: RequestID, in index: TraceIndex) -> String? {
        index.request(request).map { "\(index.trace.name($0.client))-\(request.rawValue)" }
    }

    private static func hex(_ number: UInt64) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
