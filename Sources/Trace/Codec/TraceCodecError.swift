/// Why bytes are not a trace, and where.
public struct TraceCodecError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Reason: Hashable, Sendable {
        /// They do not begin as a trace does.
        case notATrace
        /// A later version of the format than this one reads.
        case unknownVersion(UInt64)
        /// They end too early.
        case truncated
        /// There are more of them after the end.
        case trailingBytes
        /// A number is too large for its field, or is not written in the shortest way.
        case badNumber
        /// A name is not UTF-8.
        case badText
        /// The same name is there twice.
        case duplicateName
        /// No component kind, event kind or outcome has that number.
        case unknownCase
        /// A name that is not in the table, or a cause that did not happen before.
        case danglingReference
        /// An event is earlier than the one before it.
        case outOfOrder
        /// The digest at the end is not that of the trace.
        case digestMismatch
    }

    public var reason: Reason
    /// Counted from 0: the first byte that was not read, or the end of the field that is wrong.
    public var offset: Int

    public init(_ reason: Reason, offset: Int) {
        self.reason = reason
        self.offset = offset
    }

    public var description: String { "not a readable trace: \(words) (at byte \(offset))" }

    private var words: String {
        switch reason {
        case .notATrace: "it does not begin as a trace does"
        case .unknownVersion(let version): "version \(version) of the format is newer than this program"
        case .truncated: "it ends too early"
        case .trailingBytes: "more bytes follow its end"
        case .badNumber: "a number is out of range"
        case .badText: "a name is not UTF-8"
        case .duplicateName: "a name is there twice"
        case .unknownCase: "an unknown kind"
        case .danglingReference: "a reference to something that is not there"
        case .outOfOrder: "events are out of order"
        case .digestMismatch: "its digest does not match: it was changed or damaged"
        }
    }
}
