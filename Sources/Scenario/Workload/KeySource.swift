/// Which keys are asked for, and how often. Made-up keys are called `NAME-1`, `NAME-2`, ... after their source.
public struct KeySource: Hashable, Sendable {
    public var name: String
    public var popularity: Popularity

    public init(name: String, popularity: Popularity) {
        self.name = name
        self.popularity = popularity
    }

    public enum Popularity: Hashable, Sendable {
        /// Each of `count` keys as likely as the others.
        case uniform(count: Int)
        /// Key `i` of `count` in proportion to `1 / i^exponent`.
        case zipf(exponent: Double, count: Int)
        /// The same `count` keys in order, over and over.
        case loop(count: Int)
        /// Each key once: `NAME-1`, `NAME-2`, ... without end.
        case scan
        /// `share` of the requests go to `hot` of `count` keys, and every so often to the next `hot`.
        case hotspot(count: Int, hot: Int, share: Double, every: Duration)
        /// These in order, over and over: a list, or a trace file.
        case listed([String])
    }
}
