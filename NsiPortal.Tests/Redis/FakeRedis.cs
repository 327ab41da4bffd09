using System.Net;
using System.Net.Sockets;
using System.Text;

namespace NsiPortal.Redis;

/// <summary>Takes connections, answers the greeting as a server does, and to the first command of its own says something else.</summary>
sealed class FakeRedis : IAsyncDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly string said;
    readonly bool thenCloses;
    int connections;

    public FakeRedis(string said, bool thenCloses)
    {
        (this.said, this.thenCloses) = (said, thenCloses);
        listener.Start();
        _ = AcceptAsync();
    }

    public string Url => $"redis://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    public int Connections => Volatile.Read(ref connections);

    async Task AcceptAsync()
    {
        try
        {
            while (true) _ = AnswerAsync(await listener.AcceptTcpClientAsync());
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
        {
        }
    }

    async Task AnswerAsync(TcpClient client)
    {
        using (client)
        {
            Interlocked.Increment(ref connections);
            var stream = client.GetStream();
            var buffer = new byte[4096];
            try
            {
                while (await stream.ReadAsync(buffer) is > 0 and var read)
                {
                    var isGreeting = Encoding.ASCII.GetString(buffer, 0, read).Contains("HELLO", StringComparison.Ordinal);
                    await stream.WriteAsync(Encoding.ASCII.GetBytes(isGreeting ? "%0\r\n" : said));
                    if (!isGreeting && thenCloses) return;
                }
            }
            catch (Exception closed) when (closed is IOException or ObjectDisposedException)
            {
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        listener.Dispose();
        return ValueTask.CompletedTask;
    }
}
