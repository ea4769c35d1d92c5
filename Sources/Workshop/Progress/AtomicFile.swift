#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Writes files whole or not at all: whoever reads meanwhile, or after a crash, finds the old bytes or the new ones.
public enum AtomicFile {
    /// Why a file could not be written, in the system's words.
    public struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
        public var description: String

        static var last: Failure { Failure(description: String(cString: strerror(errno))) }
    }

    /// Writes a neighbour, brings it to the disk, and puts it in the file's place. A symbolic link stays one.
    public static func write(_ bytes: some Collection<UInt8>, to path: String) throws(Failure) {
        let target = resolved(path)
        let neighbour = "\(target).\(getpid()).new"
        let file = open(neighbour, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
        guard file >= 0 else { throw .last }
        do throws(Failure) {
            defer { close(file) }
            try write(Array(bytes), to: file)
            guard fsync(file) == 0 else { throw .last }
            guard rename(neighbour, target) == 0 else { throw .last }
        } catch {
            unlink(neighbour)
            throw error
        }
    }

    private static func write(_ bytes: [UInt8], to file: Int32) throws(Failure) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { systemWrite(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .last }
            rest = rest.dropFirst(count)
        }
    }

    private static func resolved(_ path: String) -> String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }
}

private func systemWrite(_ file: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int { write(file, bytes, count) }
