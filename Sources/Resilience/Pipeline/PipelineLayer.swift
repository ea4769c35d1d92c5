/// One layer of a ``Pipeline``: a ``Policy``, which serves work of every type, or a ``Fallback``, which serves one.
public struct PipelineLayer<Value: Sendable>: Sendable {
    let execute: @Sendable (@escaping @Sendable () async throws -> Value) async throws -> Value

    public init(_ policy: some Policy) {
        execute = { try await policy.execute($0) }
    }

    public init(_ fallback: Fallback<Value>) {
        execute = { try await fallback.execute($0) }
    }
}

/// Builds the layers of a ``Pipeline``, outermost first.
@resultBuilder public enum PipelineBuilder<Value: Sendable> {
    public typealias Layers = [PipelineLayer<Value>]

    public static func buildExpression(_ policy: some Policy) -> Layers { [PipelineLayer(policy)] }
    public static func buildExpression(_ policy: (any Policy)?) -> Layers { policy.map { [PipelineLayer($0)] } ?? [] }
    public static func buildExpression(_ fallback: Fallback<Value>) -> Layers { [PipelineLayer(fallback)] }
    public static func buildBlock(_ layers: Layers...) -> Layers { layers.flatMap(\.self) }
    public static func buildOptional(_ layers: Layers?) -> Layers { layers ?? [] }
    public static func buildEither(first layers: Layers) -> Layers { layers }
    public static func buildEither(second layers: Layers) -> Layers { layers }
    public static func buildArray(_ layers: [Layers]) -> Layers { layers.flatMap(\.self) }
}
