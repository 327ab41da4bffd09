using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace NsiPortal.Support;

/// <summary>
/// Stands between a portal and one of its servers. It can be cut, as when the server dies; fall mute, as when a network swallows all; be slow; keep what
/// is under way until later; and lead to another server.
/// </summary>
public sealed class Relay : IAsyncDisposable
{
    readonly ConcurrentDictionary<Way, byte> ways = new();
    readonly CancellationTokenSource end = new();
    readonly Lock gate = new();
    readonly IPEndPoint here;
    IPEndPoint server;
    Socket listener;
    TaskCompletionSource talking = Open();
    TaskCompletionSource kept = Open();
    long delay;

    public Relay(Uri url)
    {
        server = AddressOf(url);
        listener = Listen(new IPEndPoint(IPAddress.Loopback, 0));
        here = (IPEndPoint)listener.LocalEndPoint!;
        Url = new UriBuilder(url) { Host = here.Address.ToString(), Port = here.Port }.ToString();
    }

    /// <summary>The server's address, by way of this.</summary>
    public string Url { get; }

    /// <summary>How long whatever passes takes, in each direction.</summary>
    public TimeSpan Delay
    {
        get => TimeSpan.FromTicks(Volatile.Read(ref delay));
        set => Volatile.Write(ref delay, value.Ticks);
    }

    /// <summary>Ends every connection and refuses new ones.</summary>
    public void Cut()
    {
        listener.Dispose();
        CloseAll();
    }

    /// <summary>Keeps every connection, takes new ones, and lets nothing through.</summary>
    public void Mute()
    {
        lock (gate) CloseGates(talking = Closed());
    }

    /// <summary>New connections reach the server again; those from before are lost.</summary>
    public void Restore()
    {
        CloseAll();
        listener.Dispose();
        listener = Listen(here);
        TaskCompletionSource muted;
        lock (gate) (muted, talking) = (talking, Open());
        muted.TrySetResult();
    }

    /// <summary>What is said from now on over the connections that there are stays here until <see cref="Release"/>, whatever becomes of them. New connections pass.</summary>
    public void Keep()
    {
        lock (gate) CloseGates(kept = Closed());
    }

    /// <summary>What was kept arrives.</summary>
    public void Release() => kept.TrySetResult();

    /// <summary>New connections reach this server; those from before are lost.</summary>
    public void LeadTo(Uri other)
    {
        lock (gate) server = AddressOf(other);
        CloseAll();
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        Cut();
        end.Dispose();
    }

    static IPEndPoint AddressOf(Uri url) => new(IPAddress.Parse(url.Host), url.Port);

    static TaskCompletionSource Closed() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    static TaskCompletionSource Open()
    {
        var open = new TaskCompletionSource();
        open.SetResult();
        return open;
    }

    void CloseGates(TaskCompletionSource closed)
    {
        foreach (var way in ways.Keys) way.Gate = closed;
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
        using var way = new Way(client);
        IPEndPoint target;
        lock (gate)
        {
            way.Gate = talking;
            target = server;
            ways.TryAdd(way, 0);
        }

        try
        {
            await way.Upstream.ConnectAsync(target, end.Token);
            await Task.WhenAny(PassAsync(way, way.Client, way.Upstream), PassAsync(way, way.Upstream, way.Client));
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException or OperationCanceledException)
        {
        }
        finally
        {
            ways.TryRemove(way, out _);
        }
    }

    async Task PassAsync(Way way, Socket from, Socket to)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer, end.Token) is > 0 and var count)
            {
                await way.Gate.Task.WaitAsync(end.Token);
                if (Delay is { Ticks: > 0 } slow) await Task.Delay(slow, end.Token);
                await to.SendAsync(buffer.AsMemory(0, count), end.Token);
            }
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException or OperationCanceledException)
        {
        }
    }

    void CloseAll()
    {
        foreach (var way in ways.Keys) way.Dispose();
    }

    /// <summary>A connection, and the one it goes on by.</summary>
    sealed class Way(Socket client) : IDisposable
    {
        public Socket Client => client;

        public Socket Upstream { get; } = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

        /// <summary>What passes waits for it.</summary>
        public volatile TaskCompletionSource Gate = Open();

        public void Dispose()
        {
            client.Dispose();
            Upstream.Dispose();
        }
    }
}
