import Glibc

/// Files that people name on the command line: regular ones, pipes, `/dev/stdin`.
enum TextFile {
    /// No file that Ensayo reads is larger. One more byte is read, so that its reader can say that it is too large.
    static let limit = 1 << 20

    static func read(_ path: String) throws(Failure) -> [UInt8] {
        guard let file = fopen(path, "r") else { throw .badInput("\(path): \(String(cString: strerror(errno))).") }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: limit + 1)
        let count = fread(&bytes, 1, bytes.count, file)
        if count == 0, ferror(file) != 0 { throw .badInput("\(path): \(String(cString: strerror(errno))).") }
        return Array(bytes[..<count])
    }
}

extension TextFile {
    /// Writes a file whole, through a neighbour that takes its place.
    static func write(_ text: String, to path: String) throws(Failure) {
        let neighbour = "\(path).\(getpid()).new"
        guard let file = fopen(neighbour, "w") else { throw .badInput("\(path): \(String(cString: strerror(errno))).") }
        let bytes = Array(text.utf8)
        let isWritten = fwrite(bytes, 1, bytes.count, file) == bytes.count
        guard fclose(file) == 0, isWritten, rename(neighbour, path) == 0 else {
            let reason = String(cString: strerror(errno))
            unlink(neighbour)
            throw .badInput("\(path): \(reason).")
        }
    }
}
