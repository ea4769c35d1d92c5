/// The sandbox's files in memory, for sessions: what is written is there until the session ends.
public struct SandboxMemory: Sendable {
    public private(set) var files: [String: String] = [:]

    public init() {}

    public mutating func perform(_ effect: SandboxEffect) -> SandboxMessage? {
        switch effect {
        case .open:
            do { return .opened(.success(try .starter())) } catch { return .opened(.failure(error)) }
        case .write(let yaml, let path, let replaces):
            if files[path] != nil, !replaces { return .exists(path: path) }
            files[path] = yaml
            return .wrote(path: path)
        case .keep, .copy, .print: return nil
        }
    }
}
