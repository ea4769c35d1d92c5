/// A number of things in a report, which is in English: `1 run`, `12 runs`.
public struct Counted: CustomStringConvertible, Sendable {
    public let description: String

    public init(_ count: Int, _ noun: String) { description = count == 1 ? "1 \(noun)" : "\(count) \(noun)s" }
}
