/// What the other side of a call said about trying again.
public enum RetryAfter: Hashable, Sendable {
    /// HTTP's `Retry-After`: not before this time has passed. The backoff goes on from where it was.
    case delay(Duration)
    /// gRPC's pushback: exactly after this time; the backoff after it begins anew (gRPC A6).
    case pushback(Duration)
    /// Not at all.
    case never

    /// The value of an HTTP `Retry-After` header: delay-seconds or an HTTP-date (RFC 9110 §10.2.3 and §5.6.7).
    ///
    /// `nil` when it is neither; the header then says nothing. A date in the past is a delay of zero.
    /// - Parameter now: the time of day, since 1 January 1970 00:00 UTC.
    public init?(http value: String, now: Duration) {
        let text = value.utf8.trimmed
        if !text.isEmpty, text.allSatisfy(\.isDigit) {
            // More digits than an Int holds are still a delay, only a very long one.
            self = .delay(.seconds(min(Int(String(decoding: text, as: UTF8.self)) ?? .max, Duration.longestSeconds)))
        } else if let date = HTTPDate(String(decoding: text, as: UTF8.self), now: now) {
            self = .delay(max(.zero, .seconds(date.secondsSince1970) - now))
        } else {
            return nil
        }
    }

    /// The value of gRPC's `grpc-retry-pushback-ms`: milliseconds as a decimal number.
    ///
    /// Negative or unreadable means: do not retry (gRPC A6).
    public init(grpcPushback value: String) {
        guard value.utf8.allSatisfy(\.isDigit), let milliseconds = Int32(value) else {
            self = .never
            return
        }
        self = .pushback(.milliseconds(milliseconds))
    }
}
