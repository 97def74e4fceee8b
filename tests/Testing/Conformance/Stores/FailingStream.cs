namespace Distributed.Testing;

/// <summary>Gives some bytes and then fails: with <see cref="InvalidDataException"/>, or by what is called instead.</summary>
public sealed class FailingStream(int bytes, Action? instead = null) : Stream
{
    private int _left = bytes;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (_left == 0)
        {
            if (instead is null) throw new InvalidDataException("The source failed.");
            instead();
            _left = 1;
        }

        int read = Math.Min(Math.Min(count, 4096), _left);
        _left -= read;
        buffer.AsSpan(offset, read).Fill(7);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Read(buffer, offset, count));
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        byte[] block = new byte[Math.Min(buffer.Length, 4096)];
        int read = Read(block, 0, block.Length);
        block.AsSpan(0, read).CopyTo(buffer.Span);
        return ValueTask.FromResult(read);
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
