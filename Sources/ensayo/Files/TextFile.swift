import FoundationEssentials
import Glibc
import Scenario
import Workshop

/// Files that people name on the command line: regular ones, pipes, `/dev/stdin`.
enum TextFile {
    /// No file that people write is larger. One more byte is read, so that its reader can say that it is too large.
    static func read(_ path: String, limit: Int = 1 << 20) throws(Failure) -> [UInt8] {
        guard let file = fopen(path, "re") else { throw failure(path) }
        defer { fclose(file) }
        // Memory that nothing is read into is never touched.
        let bytes = [UInt8](unsafeUninitializedCapacity: limit + 1) { buffer, count in
            count = fread(buffer.baseAddress, 1, buffer.count, file)
        }
        if ferror(file) != 0 { throw failure(path) }
        return bytes
    }

    /// A file's text, which must be UTF-8.
    static func text(_ path: String, called name: String, limit: Int = 1 << 20) throws(Failure) -> String {
        let bytes = try read(path, limit: limit)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw failure(name, "this is not UTF-8 text")
        }
        return text
    }

    /// In the form of every other problem with a file.
    private static func failure(_ path: String, _ reason: String) -> Failure {
        Failure(
            ScenarioError(problems: [Problem(file: path, message: reason.prefix(1).lowercased() + reason.dropFirst())]))
    }

    private static func failure(_ path: String) -> Failure {
        failure(path, String(cString: strerror(errno)))
    }
}

extension TextFile {
    /// Makes a folder, and those above it, unless it is there.
    static func makeFolder(_ path: String) throws(Failure) {
        do { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) } catch {
            throw failure(path, "the folder cannot be made: \(String(cString: strerror(errno)))")
        }
    }

    /// Writes a file whole or not at all.
    static func write(_ text: String, to path: String) throws(Failure) {
        do throws(AtomicFile.Failure) { try AtomicFile.write(text.utf8, to: path) } catch {
            throw failure(path, error.description)
        }
    }
}
