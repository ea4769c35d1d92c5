import Foundation

/// A folder of one test's own, gone with it.
public final class Folder: Sendable {
    private let location: URL

    public init() throws {
        location = FileManager.default.temporaryDirectory.appendingPathComponent("ensayo-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: location, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: location) }

    public func url(_ name: String) -> URL { location.appendingPathComponent(name) }
    public func path(_ name: String) -> String { url(name).path }
    public func text(_ name: String) throws -> String { try String(contentsOf: url(name), encoding: .utf8) }
}
