/// What a step calls: a backend, or a pool of which each call gets a server.
enum CallTarget {
    case backend(BackendModel, OperationModel)
    case pool(PoolModel, operation: String)

    /// Whether doing it twice is as good as once. The servers of a pool do the same.
    var isIdempotent: Bool {
        switch self {
        case .backend(_, let operation): operation.isIdempotent
        case .pool(let pool, let operation): pool.servers.first?.backend.operation(operation).isIdempotent ?? true
        }
    }
}
