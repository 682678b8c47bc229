/**
 * How the command line talks to a process that runs: HTTP/1.1 with JSON over a Unix domain socket,
 * which only the owner of its directory can reach. Requests are a method, a path and an optional
 * JSON object; answers are one JSON object, or lines that arrive as they are written. Any HTTP
 * client that knows Unix sockets can speak it, such as {@code curl --unix-socket}.
 */
package dev.assay.control;
