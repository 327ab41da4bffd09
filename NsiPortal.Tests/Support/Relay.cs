using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace NsiPortal.Support;

/// <summary>Stands between a portal and its database server. It can be cut, as when the server dies, or fall mute, as when a network swallows all.</summary>
public sealed class Relay : IAsyncDisposable
{
    readonly ConcurrentDictionary<Socket, byte> sockets = new();
    readonly CancellationTokenSource end = new();
    readonly IPEndPoint server;
    readonly IPEndPoint here;
    Socket listener;
    volatile TaskCompletionSource talking = Open();

    public Relay(Uri url)
    {
        server = new IPEndPoint(IPAddress.Parse(url.Host), url.Port);
        listener = Listen(new IPEndPoint(IPAddress.Loopback, 0));
        here = (IPEndPoint)listener.LocalEndPoint!;
        Url = new UriBuilder(url) { Host = here.Address.ToString(), Port = here.Port }.ToString();
    }

    /// <summary>The server's address, by way of this.</summary>
    public string Url { get; }

    /// <summary>Ends every connection and refuses new ones.</summary>
    public void Cut()
    {
        listener.Dispose();
        CloseAll();
    }

    /// <summary>Keeps every connection, takes new ones, and lets nothing through.</summary>
    public void Mute() => talking = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>New connections reach the server again; those from before are lost.</summary>
    public void Restore()
    {
        CloseAll();
        listener.Dispose();
        listener = Listen(here);
        var muted = talking;
        talking = Open();
        muted.TrySetResult();
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        Cut();
        end.Dispose();
    }

    static TaskCompletionSource Open()
    {
        var open = new TaskCompletionSource();
        open.SetResult();
        return open;
    }

    Socket Listen(IPEndPoint at)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        // The port is ours though connections from before have yet to fade.
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        socket.Bind(at);
        socket.Listen();
        _ = AcceptAsync(socket);
        return socket;
    }

    async Task AcceptAsync(Socket listening)
    {
        try
        {
            while (true) _ = JoinAsync(await listening.AcceptAsync(end.Token));
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException or OperationCanceledException)
        {
        }
    }

    async Task JoinAsync(Socket client)
    {
        using var upstream = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        using (client)
        {
            sockets.TryAdd(client, 0);
            sockets.TryAdd(upstream, 0);
            try
            {
                await upstream.ConnectAsync(server, end.Token);
                await Task.WhenAny(PassAsync(client, upstream), PassAsync(upstream, client));
            }
            catch (Exception closed) when (closed is SocketException or ObjectDisposedException or OperationCanceledException)
            {
            }
            finally
            {
                sockets.TryRemove(client, out _);
                sockets.TryRemove(upstream, out _);
            }
        }
    }

    async Task PassAsync(Socket from, Socket to)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer, end.Token) is > 0 and var count)
            {
                await talking.Task.WaitAsync(end.Token);
                await to.SendAsync(buffer.AsMemory(0, count), end.Token);
            }
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException or OperationCanceledException)
        {
        }
    }

    void CloseAll()
    {
        foreach (var socket in sockets.Keys) socket.Dispose();
    }
}
