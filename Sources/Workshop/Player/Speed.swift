/// How much virtual time passes in a second of the wall clock.
public struct Speed: Hashable, Sendable {
    /// Virtual seconds a second; `nil`: as fast as possible, which is at once, because the run is already computed.
    public let factor: Double?

    /// From a tenth to a thousand times, then as fast as possible.
    public static let all =
        [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].map { Speed(factor: $0) } + [Speed(factor: nil)]
    public static let normal = Speed(factor: 1)

    /// The nearest of ``all``.
    public init(nearest factor: Double) {
        let known = Speed.all.min { abs(($0.factor ?? .infinity) - factor) < abs(($1.factor ?? .infinity) - factor) }
        self = known ?? .normal
    }

    private init(factor: Double?) { self.factor = factor }

    public var faster: Speed { neighbour(1) }
    public var slower: Speed { neighbour(-1) }

    private func neighbour(_ step: Int) -> Speed {
        guard let place = Speed.all.firstIndex(of: self) else { return .normal }
        return Speed.all[min(max(place + step, 0), Speed.all.count - 1)]
    }

    /// `0.5x` (in Spanish `0,5x`), `20x`, `max`.
    public func label(_ language: Language) -> String {
        guard let factor else { return "max" }
        if factor >= 1 { return "\(Int(factor))x" }
        return "\(factor)x".replacing(".", with: language == .spanish ? "," : ".")
    }
}
