extension Duration {
    /// To the nearest nanosecond: `milliseconds(_:)` would cut what a `Double` cannot hold.
    static func exact(milliseconds: Double) -> Duration {
        let whole = milliseconds.rounded(.down)
        return .milliseconds(Int64(whole)) + .nanoseconds(Int64(((milliseconds - whole) * 1e6).rounded()))
    }
}
