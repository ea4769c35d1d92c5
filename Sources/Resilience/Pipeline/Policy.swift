/// Something that stands round a piece of work: lets it through, refuses it, cuts it short, does it again.
///
/// A policy does not depend on what the work gives back, so that one breaker serves calls of every kind. Policies that
/// do, such as ``Fallback``, are layers of a ``Pipeline`` for that type alone.
public protocol Policy: Sendable {
    /// Does the work under the policy's rules.
    ///
    /// - Throws: what the work throws, or the policy's own error: ``Rejection``, ``TimedOut``.
    func execute<Value: Sendable>(_ work: @escaping @Sendable () async throws -> Value) async throws -> Value
}
