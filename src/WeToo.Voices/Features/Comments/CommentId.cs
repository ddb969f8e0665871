namespace WeToo.Voices.Features.Comments;

/// <summary>The id of a comment as addresses have it.</summary>
internal static class CommentId
{
    private const int Size = 16;

    /// <summary>Reads 32 hexadecimal digits.</summary>
    internal static bool TryRead(string text, out byte[] id)
    {
        id = new byte[Size];
        return text.Length == 2 * Size && Convert.FromHexString(text, id, out _, out var written) == System.Buffers.OperationStatus.Done && written == Size;
    }
}
