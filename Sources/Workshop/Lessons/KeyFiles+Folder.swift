import Scenario

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension KeyFiles {
    /// The files below a folder: regular ones, and none to which a link leads from it.
    public static func below(_ folder: String) -> KeyFiles {
        KeyFiles { path in
            do throws(Failure) { return .success(try bytes(of: path, below: folder)) } catch { return .failure(error) }
        }
    }

    /// The files in the folder of a scenario's own file: `shop.yaml`, `lessons/shop.yaml`.
    public static func beside(_ file: String) -> KeyFiles {
        guard let slash = file.lastIndex(of: "/") else { return below(".") }
        return below(slash == file.startIndex ? "/" : String(file[..<slash]))
    }

    static func bytes(of path: String, below folder: String, limit: Int = largest) throws(Failure) -> [UInt8] {
        let root = try resolved(folder)
        let real = try resolved("\(folder)/\(path)")
        guard root == "/" || real.hasPrefix(root + "/") else { throw .outside }
        // A pipe would make the reader wait.
        let file = open(real, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { throw failure }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else { throw failure }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .unreadable("it is not a regular file") }
        guard status.st_size <= limit else { throw .tooLarge }
        return try contents(of: file, limit: limit)
    }

    /// All there is, also when the file grows meanwhile.
    private static func contents(of file: Int32, limit: Int) throws(Failure) -> [UInt8] {
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(file, &block, block.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure }
            if count == 0 { return bytes }
            bytes += block[..<count]
            if bytes.count > limit { throw .tooLarge }
        }
    }

    private static func resolved(_ path: String) throws(Failure) -> String {
        guard let real = realpath(path, nil) else { throw failure }
        defer { free(real) }
        return String(cString: real)
    }

    /// What the system says about the last call.
    private static var failure: Failure {
        errno == ENOENT || errno == ENOTDIR ? .missing : .unreadable(String(cString: strerror(errno)))
    }
}
