namespace WeToo.Core;

/// <summary>
/// Fills a buffer with random bytes. Core has no randomness of its own: hosts pass the operating system's
/// (<see cref="System.Security.Cryptography.RandomNumberGenerator"/>), tests and vectors a fixed stream.
/// </summary>
/// <param name="destination">What to fill, whole.</param>
public delegate void RandomBytes(Span<byte> destination);
