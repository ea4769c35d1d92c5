#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Keeps other programs out of a folder's files while it lives; it is let go with the process too.
public final class FolderLock {
    private let file: Int32

    /// Waits a tenth of a second at most: a screen must not stop because another program did. `nil`: no lock.
    public init?(_ path: String) {
        let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
        guard file >= 0 else { return nil }
        for _ in 0..<100 {
            if flock(file, LOCK_EX | LOCK_NB) == 0 {
                self.file = file
                return
            }
            usleep(1000)
        }
        close(file)
        return nil
    }

    deinit { close(file) }

    /// Whether a program that lives has it.
    public static func isHeld(_ path: String) -> Bool {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return false }
        defer { close(file) }
        return flock(file, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
    }
}
